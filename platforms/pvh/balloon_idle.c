/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/balloon/balloon_idle.c. DO NOT EDIT. */
/*
 * Work is done when the guest would sleep: nobody uses memory meanwhile.
 */
#include <plat/balloon_core.h>
#include <plat/core.h>
#include <plat/timer.h>

static bool woken;

static bool idle(void)
{
	if (core_cpu() || !__atomic_exchange_n(&woken, false, __ATOMIC_ACQUIRE))
		return false;
	if (balloon_step())
		woken = true;
	return true;
}

void balloon_core_wake(void)
{
	__atomic_store_n(&woken, true, __ATOMIC_RELEASE);
	timer_idle = idle;
}
