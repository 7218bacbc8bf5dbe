/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/xen-ring/xen_ring.c. DO NOT EDIT. */
/*
 * Text goes into a ring that another domain empties. If nobody empties it, the
 * guest does not hang: it waits for room once, for a second, and drops text
 * from then on until the reader moves again.
 */
#include <plat/console.h>
#include <plat/core.h>
#include <plat/events.h>
#include <plat/hvm_params.h>
#include <plat/hypervisor.h>
#include <plat/page.h>
#include <plat/shared_info.h>
#include <plat/x86.h>
#include <plat/xen_ring.h>
#include <plat/xen_time.h>

#define READER_NSEC		1000000000UL

/* Before shared_info there is no clock to wait by */
#define EARLY_YIELDS		1000

static volatile struct xencons_interface *ring;
static uint32_t port;
static bool listening;
static bool reader_gone;
static uint32_t gone_at;

static void typed(uint32_t p, void *data)
{
	(void)p;
	(void)data;
	/* The other end sends the same event when it has taken text. */
	if (ring->in_prod != ring->in_cons)
		core_note_work();
}

static bool xen_ring_init(void)
{
	const uint64_t pfn = hvm_param_get(HVM_PARAM_CONSOLE_PFN);

	port = (uint32_t)hvm_param_get(HVM_PARAM_CONSOLE_EVTCHN);
	if (!pfn || !port)
		return false;
	ring = core_phys(pfn * PAGE_SIZE);
	listening = false;
	reader_gone = false;
	return true;
}

static bool is_full(void)
{
	return ring->out_prod - ring->out_cons >= XENCONS_OUT;
}

static void wait_for_room(void)
{
	const bool timed = shared_info;
	const uint64_t until = timed ? xen_time_now() + READER_NSEC : 0;
	unsigned int yields = 0;

	events_send(port);
	while (is_full()) {
		hypervisor_yield();
		if (timed ? xen_time_now() > until
			  : ++yields > EARLY_YIELDS) {
			reader_gone = true;
			gone_at = ring->out_cons;
			return;
		}
	}
}

/*
 * The reader gives up a ring that is more than full, for good. So the index
 * moves only from a value for which there was room. Interrupts of this CPU are
 * off, but a CPU that has lost patience may write at the same time. If that CPU
 * moves the index (1) before it is read here, each letter has its place;
 * (2) between that and the exchange, the exchange fails and the letter is
 * stored again at the new index: the first attempt may have cost a letter of
 * the other CPU, but not the ring; (3) after the exchange, it is as in (1).
 */
static void append(char c)
{
	const uint64_t flags = irq_save();
	uint32_t prod = ring->out_prod;

	while (prod - ring->out_cons < XENCONS_OUT) {
		ring->out[prod % XENCONS_OUT] = c;
		if (__atomic_compare_exchange_n(&ring->out_prod, &prod,
						prod + 1, false,
						__ATOMIC_SEQ_CST,
						__ATOMIC_SEQ_CST))
			break;
	}
	irq_restore(flags);
}

static void xen_ring_putc(char c)
{
	if (reader_gone && ring->out_cons != gone_at)
		reader_gone = false;
	if (is_full() && !reader_gone)
		wait_for_room();
	append(c);
}

static void xen_ring_flush(void)
{
	/*
	 * Events need the shared page. Letters that came before the port has
	 * a handler stay in the ring and raise the event when it is unmasked.
	 */
	if (!listening && shared_info) {
		events_set_handler(port, typed, NULL);
		events_unmask(port);
		listening = true;
	}
	events_send(port);
}

static int take_letter(void)
{
	const uint32_t cons = ring->in_cons;
	char c;

	if (cons == ring->in_prod)
		return -1;
	compiler_barrier();
	c = ring->in[cons % XENCONS_IN];
	compiler_barrier();
	ring->in_cons = cons + 1;
	/*
	 * The other end writes letters until the ring is full, looks once more
	 * for room, then waits for an event. If the index moves (1) before that
	 * look, the other end sees the room; (2) after it, the letters that
	 * fill the ring are seen here and the event is sent. The fence keeps
	 * the index from moving behind the look at the other end's.
	 */
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	if (ring->in_prod - cons >= XENCONS_IN)
		events_send(port);
	return (uint8_t)c;
}

/* In one go: a new domain's ring begins with other indices. */
static int xen_ring_getc(void)
{
	const uint64_t flags = irq_save();
	const int c = take_letter();

	irq_restore(flags);
	return c;
}

const struct console xen_ring = {
	.name = "Xen ring",
	.init = xen_ring_init,
	.putc = xen_ring_putc,
	.flush = xen_ring_flush,
	.getc = xen_ring_getc,
};
