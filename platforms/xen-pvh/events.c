/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/events/events.c. DO NOT EDIT. */
/*
 * Source: Xen, public/event_channel.h, public/xen.h (shared_info, vcpu_info).
 */
#include <stddef.h>

#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/events.h>
#include <plat/hypercall.h>
#include <plat/interrupts.h>
#include <plat/shared_info.h>
#include <plat/xen_events.h>
#include <plat/xen_memory.h>

#define WORD_BITS	64

static struct {
	event_handler call;
	void *data;
} handlers[EVENTS_HANDLERS];

/* Which CPU a port is for: pending bits stand in the same words for all. */
static uint8_t port_cpu[EVENTS_HANDLERS];

_Static_assert(CPUS_MAX <= UINT8_MAX + 1, "ports know their CPU");

static volatile uint64_t *pending_word(uint32_t port)
{
	return &shared_info->evtchn_pending[port / WORD_BITS];
}

static volatile uint64_t *mask_word(uint32_t port)
{
	return &shared_info->evtchn_mask[port / WORD_BITS];
}

static uint64_t bit(uint32_t port)
{
	return 1UL << (port % WORD_BITS);
}

static long event_op(unsigned int op, void *arg)
{
	return hypercall2(HYPERCALL_EVENT_CHANNEL_OP, op, (uint64_t)arg);
}

void events_mask(uint32_t port)
{
	__atomic_fetch_or(mask_word(port), bit(port), __ATOMIC_SEQ_CST);
}

void events_clear(uint32_t port)
{
	__atomic_fetch_and(pending_word(port), ~bit(port), __ATOMIC_SEQ_CST);
}

void events_unmask(uint32_t port)
{
	struct evtchn_port op = { .port = port };

	__atomic_fetch_and(mask_word(port), ~bit(port), __ATOMIC_SEQ_CST);
	if (!(*pending_word(port) & bit(port)))
		return;
	/*
	 * Xen raised nothing for an event that came while the port was masked.
	 * Its own unmask does, but only from masked to unmasked.
	 */
	events_mask(port);
	event_op(EVTCHNOP_UNMASK, &op);
}

void events_set_handler(uint32_t port, event_handler handler, void *data)
{
	if (port >= EVENTS_HANDLERS)
		core_crash("events: port %u is out of range", port);
	handlers[port].call = NULL;
	handlers[port].data = data;
	__atomic_store_n(&handlers[port].call, handler, __ATOMIC_RELEASE);
}

static long bound(long rc, uint32_t port, unsigned int cpu,
		  event_handler handler, void *data)
{
	if (rc < 0)
		return rc;
	if (port < EVENTS_HANDLERS)
		port_cpu[port] = (uint8_t)cpu;
	/*
	 * Nobody listened so far, so the port is masked. What is pending came
	 * since it was bound, and may be all that ever comes: it is kept.
	 */
	events_mask(port);
	events_set_handler(port, handler, data);
	return port;
}

long events_bind_virq(uint32_t virq, unsigned int cpu, event_handler handler,
		      void *data)
{
	struct evtchn_bind_virq op = { .virq = virq, .vcpu = cpu };
	long rc = event_op(EVTCHNOP_BIND_VIRQ, &op);

	return bound(rc, op.port, cpu, handler, data);
}

long events_bind_ipi(unsigned int cpu, event_handler handler, void *data)
{
	struct evtchn_bind_ipi op = { .vcpu = cpu };
	long rc = event_op(EVTCHNOP_BIND_IPI, &op);

	return bound(rc, op.port, cpu, handler, data);
}

long events_alloc_unbound(uint16_t domid, event_handler handler, void *data)
{
	struct evtchn_alloc_unbound op = {
		.dom = DOMID_SELF,
		.remote_dom = domid,
	};
	long rc = event_op(EVTCHNOP_ALLOC_UNBOUND, &op);

	return bound(rc, op.port, 0, handler, data);
}

long events_bind_interdomain(uint16_t domid, uint32_t remote_port,
			     event_handler handler, void *data)
{
	struct evtchn_bind_interdomain op = {
		.remote_dom = domid,
		.remote_port = remote_port,
	};
	long rc = event_op(EVTCHNOP_BIND_INTERDOMAIN, &op);

	/* Xen makes an event pending itself: the peer may have sent before. */
	return bound(rc, op.local_port, 0, handler, data);
}

void events_close(uint32_t port)
{
	struct evtchn_port op = { .port = port };

	events_mask(port);
	events_set_handler(port, NULL, NULL);
	event_op(EVTCHNOP_CLOSE, &op);
	events_clear(port);
	port_cpu[port] = 0;
}

long events_send(uint32_t port)
{
	struct evtchn_port op = { .port = port };

	return event_op(EVTCHNOP_SEND, &op);
}

static void dispatch_port(uint32_t port)
{
	event_handler call;

	events_clear(port);
	call = port < EVENTS_HANDLERS ? handlers[port].call : NULL;
	if (call)
		call(port, handlers[port].data);
	else
		events_mask(port);
}

static unsigned int cpu_of(uint32_t port)
{
	return port < EVENTS_HANDLERS ? port_cpu[port] : 0;
}

/*
 * Looks at each pending port once. An event that comes later, or for a CPU of
 * its own, raises that CPU's selector again.
 */
static void dispatch_word(unsigned int word, unsigned int cpu)
{
	uint64_t active = shared_info->evtchn_pending[word] &
			  ~shared_info->evtchn_mask[word];
	uint32_t port;

	for (; active; active &= active - 1) {
		port = word * WORD_BITS + (uint32_t)__builtin_ctzl(active);
		if (cpu_of(port) == cpu)
			dispatch_port(port);
	}
}

void events_dispatch(void)
{
	const unsigned int cpu = core_cpu();
	volatile struct vcpu_info *vcpu = vcpu_info(cpu);
	uint64_t words;

	/*
	 * The flag goes first: Xen sets it last, so an event that comes during
	 * the scan sets it again and brings another interrupt.
	 */
	while (__atomic_exchange_n(&vcpu->evtchn_upcall_pending, 0,
				   __ATOMIC_SEQ_CST)) {
		words = __atomic_exchange_n(&vcpu->evtchn_pending_sel, 0,
					    __ATOMIC_SEQ_CST);
		for (; words; words &= words - 1)
			dispatch_word((unsigned int)__builtin_ctzl(words),
				      cpu);
	}
}

const struct interrupt_controller xen_events = {
	.name = "Xen events",
	.init = events_delivery_init,
	.init_cpu = events_delivery_init_cpu,
};
