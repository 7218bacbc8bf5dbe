/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/xen-ring/xen_ring_suspend.c. DO NOT EDIT. */
/*
 * The host clears the ring when it restores the guest. So the reader gets a
 * moment to take the text that is in it. What it leaves, because it has stopped
 * or is slow, and what was typed and not yet read, is kept and put into the new
 * ring.
 */
#include <stddef.h>

#include <plat/clock.h>
#include <plat/core.h>
#include <plat/events.h>
#include <plat/hvm_params.h>
#include <plat/hypervisor.h>
#include <plat/page.h>
#include <plat/suspend.h>
#include <plat/xen_ring.h>
#include <plat/xen_time.h>

/*
 * A reader that takes the text only now, when it has been kept, shows it twice.
 */
#define READER_HAS_NSEC	(3 * NSEC_PER_SEC)

static struct xencons_interface kept;

static volatile struct xencons_interface *ring_now(void)
{
	const uint64_t pfn = hvm_param_get(HVM_PARAM_CONSOLE_PFN);

	return pfn ? core_phys(pfn * PAGE_SIZE) : NULL;
}

static void wait_for_reader(const volatile struct xencons_interface *ring)
{
	const uint64_t until = xen_time_now() + READER_HAS_NSEC;

	if (ring->out_cons == ring->out_prod)
		return;
	events_send((uint32_t)hvm_param_get(HVM_PARAM_CONSOLE_EVTCHN));
	while (ring->out_cons != ring->out_prod && xen_time_now() < until)
		hypervisor_yield();
}

static void xen_ring_suspend(void)
{
	const volatile struct xencons_interface *ring = ring_now();

	if (!ring)
		return;
	wait_for_reader(ring);
	kept = *(const struct xencons_interface *)ring;
}

/* How many letters stand between two indices that another domain can write */
static uint32_t letters(uint32_t prod, uint32_t cons, uint32_t size)
{
	return prod - cons <= size ? prod - cons : 0;
}

/* The new ring is empty, unless somebody was quick to type. */
static void put_kept(volatile struct xencons_interface *ring)
{
	const uint32_t in = letters(kept.in_prod, kept.in_cons, XENCONS_IN);
	const uint32_t out = letters(kept.out_prod, kept.out_cons,
				     XENCONS_OUT);
	uint32_t i;

	for (i = 0; i < out; i++)
		ring->out[i] = kept.out[(kept.out_cons + i) % XENCONS_OUT];
	__atomic_store_n(&ring->out_prod, out, __ATOMIC_RELEASE);
	if (ring->in_prod)
		return;
	for (i = 0; i < in; i++)
		ring->in[i] = kept.in[(kept.in_cons + i) % XENCONS_IN];
	__atomic_store_n(&ring->in_prod, in, __ATOMIC_RELEASE);
}

static void xen_ring_resume(bool lost)
{
	volatile struct xencons_interface *ring = ring_now();

	if (!ring || !lost)
		return;
	if (!ring->out_prod && !ring->out_cons && !ring->in_cons)
		put_kept(ring);
	if (xen_ring.init())
		xen_ring.flush();
}

const struct suspend_part xen_ring_part = {
	.suspend = xen_ring_suspend,
	.resume = xen_ring_resume,
};
