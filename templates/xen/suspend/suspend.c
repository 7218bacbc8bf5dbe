/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The order of a suspension. It runs in an interrupt of its own, which comes as
 * soon as CPU 0 lets it in: a guest that computes is saved as well as one that
 * sleeps, and nothing here is called from within the handler of an event, whose
 * port may be gone afterwards.
 *
 * The host may ask again meanwhile. If it does so (1) before the call of Xen,
 * that call is what it waits for; (2) after it, the guest is suspended again.
 * It may also have given up: a guest that is suspended then stays so.
 * Source: Xen, public/sched.h (SCHEDOP_shutdown), public/arch-x86/cpuid.h
 */
#include <stddef.h>

#include <plat/clock.h>
#include <plat/console_note.h>
#include <plat/core.h>
#include <plat/event_timer.h>
#include <plat/hypercall.h>
#include <plat/hypervisor.h>
#include <plat/lapic.h>
#include <plat/suspend.h>
#include <plat/suspend_park.h>
#include <plat/x86.h>
#include <plat/xen_hypervisor.h>

#define SCHEDOP_SHUTDOWN	2
#define SHUTDOWN_SUSPEND	2

#define XEN_LEAF_HVM		4
#define XEN_HVM_DOMID		(1U << 4)

/* A CPU that does not stop may wait for this one: it gets the time to go on. */
#define AGAIN_NSEC		(NSEC_PER_SEC / 50)
#define TRIES			25

/* libxl gives up a minute after the guest has acknowledged. */
#define HOST_WAITS_NSEC		(45 * NSEC_PER_SEC)

static void suspend_raise(void);

static bool wanted;
static uint64_t asked_at;
static unsigned int tries;
static struct event_timer again = { .call = suspend_raise };

/* What the call in Xen answers */
enum outcome {
	LOST = 0,		/* in a new domain */
	CANCELLED = 1,
	/* below 0: Xen refuses */
};

static long call_xen(void)
{
	struct { uint32_t reason; } op = { .reason = SHUTDOWN_SUSPEND };

	return hypercall3(HYPERCALL_SCHED_OP, SCHEDOP_SHUTDOWN, (uint64_t)&op,
			  0);
}

static const char *prepare_parts_all(void)
{
	const char *why = NULL;
	unsigned int i;

	for (i = 0; !why && suspend_parts[i]; i++)
		if (suspend_parts[i]->prepare)
			why = suspend_parts[i]->prepare();
	return why;
}

static void suspend_parts_all(void)
{
	unsigned int i;

	for (i = 0; suspend_parts[i]; i++)
		;
	while (i-- > 0)
		if (suspend_parts[i]->suspend)
			suspend_parts[i]->suspend();
}

static void resume_parts_all(bool lost)
{
	unsigned int i;

	for (i = 0; suspend_parts[i]; i++)
		if (suspend_parts[i]->resume)
			suspend_parts[i]->resume(lost);
}

static void resumed_parts_all(bool lost)
{
	unsigned int i;

	for (i = 0; suspend_parts[i]; i++)
		if (suspend_parts[i]->resumed)
			suspend_parts[i]->resumed(lost);
}

static void say_domain(void)
{
	const uint32_t base = hypervisor_cpuid_base("XenVMMXenVMM");
	const struct cpuid_regs r = cpuid(base + XEN_LEAF_HVM, 0);
	char digits[12], *at = digits + sizeof(digits) - 1;
	uint32_t domid = r.ecx;

	*at = '\0';
	if (r.eax & XEN_HVM_DOMID)
		do
			*--at = (char)('0' + domid % 10);
		while (domid /= 10);
	console_note("suspend: restored as domain ", at);
}

static void suspend_say(long rc)
{
	if (rc == LOST)
		say_domain();
	else
		console_note(rc == CANCELLED ? "suspend: cancelled, the guest goes on"
					     : "suspend: Xen refuses, the guest goes on",
			     "");
}

static void suspend_later(void)
{
	if (++tries < TRIES) {
		event_timer_set(&again, AGAIN_NSEC);
		return;
	}
	wanted = false;
	console_note("suspend: a CPU does not let interrupts in, the guest is not saved",
		     "");
}

static void suspend_not(const char *why)
{
	wanted = false;
	suspend_release_others(false);
	console_note("suspend: the guest is not saved: ", why);
	resumed_parts_all(false);
	core_note_work();
}

static void suspend_all(void)
{
	long rc;

	suspend_parts_all();
	wanted = false;
	rc = call_xen();
	/* The other host's CPU may be of another maker. */
	if (rc == LOST)
		xen_find_entry(hypervisor_cpuid_base("XenVMMXenVMM"));
	resume_parts_all(rc == LOST);
	suspend_release_others(rc == LOST);
	/* Xen starts the running timer anew, which would be late. */
	lapic_timer_start(1);
	suspend_say(rc);
	resumed_parts_all(rc == LOST);
	core_note_work();
}

static void suspend_now(void)
{
	const char *why;

	if (!wanted)
		return;
	if (!suspend_park_others()) {
		suspend_later();
		return;
	}
	why = suspend_obstacle();
	if (!why)
		why = prepare_parts_all();
	if (!why && clock_monotonic() - asked_at > HOST_WAITS_NSEC)
		why = "the host waits no longer";
	if (why)
		suspend_not(why);
	else
		suspend_all();
}

static void suspend_irq(void)
{
	lapic_eoi();
	if (core_cpu())
		suspend_park();
	else
		suspend_now();
}

static void suspend_raise(void)
{
	lapic_send(lapic_id(), SUSPEND_IRQ + 32);
}

const char *suspend_obstacle(void)
{
	const char *why = NULL;
	unsigned int i;

	for (i = 0; !why && suspend_parts[i]; i++)
		if (suspend_parts[i]->obstacle)
			why = suspend_parts[i]->obstacle();
	return why;
}

void suspend_request(void)
{
	static bool ready;

	if (!ready)
		core_irq_register(SUSPEND_IRQ, suspend_irq);
	ready = true;
	if (!wanted)
		asked_at = clock_monotonic();
	wanted = true;
	tries = 0;
	suspend_raise();
}
