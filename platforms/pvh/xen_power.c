/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/xen-power/xen_power.c. DO NOT EDIT. */
/*
 * Source: Xen, public/sched.h (SCHEDOP_shutdown and its reasons).
 */
#include <plat/hypercall.h>
#include <plat/power.h>

#define SCHEDOP_SHUTDOWN	2

struct sched_shutdown {
	uint32_t reason;
};

static void xen_power_end(enum power_end how)
{
	static const uint32_t reasons[] = {
		[POWER_OFF] = 0,
		[POWER_REBOOT] = 1,
		[POWER_CRASH] = 3,
	};
	struct sched_shutdown op = { .reason = reasons[how] };

	hypercall2(HYPERCALL_SCHED_OP, SCHEDOP_SHUTDOWN, (uint64_t)&op);
}

const struct power_method xen_power = {
	.name = "Xen",
	.end = xen_power_end,
};
