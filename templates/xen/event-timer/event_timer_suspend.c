/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Timers run out by Xen's system time, which is another one on another host.
 * The time in which the guest stands still does not count.
 */
#include <plat/event_timer.h>
#include <plat/event_timer_state.h>
#include <plat/suspend.h>

static uint64_t stopped;

static void timers_suspend(void)
{
	stopped = event_timer_now();
}

static void timers_resume(bool lost)
{
	const uint64_t pause = event_timer_now() - stopped;
	struct event_timer *t;

	for (t = event_timers; t; t = t->next)
		if (t->at)
			t->at += pause;
	if (lost)
		event_timer_port = 0;
	if (event_timers)
		event_timer_arm();
}

const struct suspend_part event_timer_part = {
	.suspend = timers_suspend,
	.resume = timers_resume,
};
