/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/suspend/xen_time.c. DO NOT EDIT. */
/*
 * Xen's system time counts from the start of the host. After a suspension it
 * may be far ahead or behind: the difference is added here, so that all who
 * keep a moment in mind, even an interrupted reader, see one time that never
 * goes back.
 *
 * A suspension comes between any two instructions of code that lets interrupts
 * in. If it comes (1) before the turn is read, or after it is read again, all
 * that is used is of one side; (2) in between, record and offset may be of
 * different sides: the turn has changed and both are read again.
 */
#include <plat/core.h>
#include <plat/shared_info.h>
#include <plat/suspend.h>
#include <plat/x86.h>
#include <plat/xen_time.h>

static volatile uint64_t offset, turn;
static uint64_t stopped_at;

static uint64_t system_time(void)
{
	return pvclock_now(&vcpu_info(core_cpu())->time);
}

uint64_t xen_time_now(void)
{
	uint64_t begin, now;

	do {
		begin = turn;
		compiler_barrier();
		now = system_time();
		if (now != PVCLOCK_LOST)
			now += offset;
		compiler_barrier();
	} while (begin != turn);
	return now;
}

static void time_suspend(void)
{
	stopped_at = xen_time_now();
}

static void time_resume(bool lost)
{
	const uint64_t now = system_time();

	(void)lost;
	if (now != PVCLOCK_LOST && stopped_at != PVCLOCK_LOST)
		offset = stopped_at - now;
	turn++;
}

const struct suspend_part xen_time_part = {
	.suspend = time_suspend,
	.resume = time_resume,
};
