/* SPDX-License-Identifier: BSD-3-Clause */
#include <stddef.h>

#include <plat/clock.h>
#include <plat/core.h>
#include <plat/shared_info.h>

static bool xen_pvclock_init(void)
{
	return shared_info && vcpu_info(0)->time.tsc_to_system_mul != 0;
}

static uint64_t xen_pvclock_monotonic(void)
{
	/* Each CPU has a record of its own: their TSCs need not agree. */
	return pvclock_now(&vcpu_info(core_cpu())->time);
}

static uint64_t xen_pvclock_wall(void)
{
	return pvclock_wall_start(&shared_info->wc, &shared_info->wc_sec_hi) +
	       xen_pvclock_monotonic();
}

const struct clock_source xen_pvclock = {
	.name = "Xen",
	.init = xen_pvclock_init,
	.monotonic = xen_pvclock_monotonic,
	.wall = xen_pvclock_wall,
};
