/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk/core_time.c. DO NOT EDIT. */
/*
 * Time as Unikraft asks for it.
 */
#include <uk/plat/common/_time.h>
#include <uk/plat/time.h>

#include <plat/clock.h>
#include <plat/control.h>
#include <plat/core.h>
#include <plat/timer.h>

/* Set by the interrupt library if a device, not the timer, woke the CPU */
unsigned long sched_have_pending_events;

void core_note_work(void)
{
	__atomic_fetch_or(&sched_have_pending_events, 1, __ATOMIC_RELAXED);
}

bool core_take_pending_work(void)
{
	return __atomic_exchange_n(&sched_have_pending_events, 0,
				   __ATOMIC_RELAXED);
}

void ukplat_time_init(void)
{
	clock_init();
	timer_init();
	control_start();
}

void ukplat_time_fini(void)
{
}

__u32 ukplat_time_get_irq(void)
{
	return TIMER_IRQ;
}

__nsec ukplat_monotonic_clock(void)
{
	return clock_monotonic();
}

__nsec ukplat_wall_clock(void)
{
	return clock_wall();
}

void time_block_until(__snsec until)
{
	timer_block_until(until > 0 ? (uint64_t)until : 0);
}
