/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/event-timer/event_timer.c. DO NOT EDIT. */
/*
 * Xen keeps a one-shot timer for each CPU, which raises VIRQ_TIMER. It is set
 * to the earliest moment that any timer waits for. If that moment passes
 * (1) before the hypercall, Xen raises the event at once; (2) after it, Xen
 * raises the event then; (3) while timers are being called, the hypercall
 * behind those calls finds it as in (1).
 * Source: Xen, public/vcpu.h (VCPUOP_set_singleshot_timer).
 */
#include <stddef.h>

#include <plat/console_note.h>
#include <plat/event_timer.h>
#include <plat/event_timer_state.h>
#include <plat/events.h>
#include <plat/hypercall.h>
#include <plat/pvclock.h>
#include <plat/shared_info.h>
#include <plat/x86.h>
#include <plat/xen_events.h>

#define VCPUOP_STOP_SINGLESHOT_TIMER	9
#define VCPUOP_SET_SINGLESHOT_TIMER	8

struct vcpu_set_singleshot_timer {
	uint64_t timeout_abs_ns;
	uint32_t flags;
};

struct event_timer *event_timers;
long event_timer_port;

uint64_t event_timer_now(void)
{
	return pvclock_now(&shared_info->vcpu_info[0].time);
}

static void timer_set_to_first(void)
{
	struct vcpu_set_singleshot_timer op = { 0 };
	const struct event_timer *t;

	for (t = event_timers; t; t = t->next)
		if (t->at && (!op.timeout_abs_ns || t->at < op.timeout_abs_ns))
			op.timeout_abs_ns = t->at;
	if (op.timeout_abs_ns)
		hypercall3(HYPERCALL_VCPU_OP, VCPUOP_SET_SINGLESHOT_TIMER, 0,
			   (uint64_t)&op);
	else
		hypercall3(HYPERCALL_VCPU_OP, VCPUOP_STOP_SINGLESHOT_TIMER, 0,
			   0);
}

static void timer_run_out(uint32_t p, void *data)
{
	const uint64_t moment = event_timer_now();
	struct event_timer *t;

	(void)p;
	(void)data;
	for (t = event_timers; t; t = t->next)
		if (t->at && t->at <= moment) {
			t->at = 0;
			t->call();
		}
	timer_set_to_first();
}

/* Without the event there are no timeouts, and all else still works. */
static bool timer_listen(void)
{
	if (!event_timer_port) {
		event_timer_port = events_bind_virq(VIRQ_TIMER, 0,
						    timer_run_out, NULL);
		if (event_timer_port > 0)
			events_unmask((uint32_t)event_timer_port);
		else
			console_note("Xen: ", "binding the timer event failed");
	}
	return event_timer_port > 0;
}

void event_timer_arm(void)
{
	if (timer_listen())
		timer_set_to_first();
}

void event_timer_set(struct event_timer *timer, uint64_t nsec)
{
	const uint64_t flags = irq_save();

	if (!timer->known) {
		timer->known = true;
		timer->next = event_timers;
		event_timers = timer;
	}
	timer->at = event_timer_now() + nsec;
	event_timer_arm();
	irq_restore(flags);
}

void event_timer_stop(struct event_timer *timer)
{
	const uint64_t flags = irq_save();

	timer->at = 0;
	if (event_timer_port > 0)
		timer_set_to_first();
	irq_restore(flags);
}
