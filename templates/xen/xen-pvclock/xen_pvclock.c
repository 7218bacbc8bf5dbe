/* SPDX-License-Identifier: BSD-3-Clause */
#include <stddef.h>

#include <plat/clock.h>
#include <plat/core.h>
#include <plat/shared_info.h>
#include <plat/xen_time.h>

_Static_assert(PVCLOCK_LOST == CLOCK_LOST, "one word for a lost clock");

static bool xen_pvclock_init(void)
{
	return shared_info;
}

static uint64_t xen_pvclock_wall(void)
{
	const uint64_t begin = pvclock_wall_start(&shared_info->wc,
						  &shared_info->wc_sec_hi);
	const uint64_t now = pvclock_now(&vcpu_info(core_cpu())->time);

	return begin == PVCLOCK_LOST || now == PVCLOCK_LOST ? CLOCK_LOST
							    : begin + now;
}

static bool xen_pvclock_stable(void)
{
	return pvclock_stable(&vcpu_info(core_cpu())->time);
}

const struct clock_source xen_pvclock = {
	.name = "Xen",
	.init = xen_pvclock_init,
	/* Each CPU has its record: the TSCs of CPUs need not agree. */
	.monotonic = xen_time_now,
	.wall = xen_pvclock_wall,
	.stable = xen_pvclock_stable,
};
