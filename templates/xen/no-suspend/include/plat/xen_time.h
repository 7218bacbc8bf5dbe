/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef PLAT_XEN_TIME_H
#define PLAT_XEN_TIME_H

#include <stdint.h>

#include <plat/core.h>
#include <plat/shared_info.h>

/** Xen's system time by this CPU's record, in ns, or PVCLOCK_LOST. */
static inline uint64_t xen_time_now(void)
{
	return pvclock_now(&vcpu_info(core_cpu())->time);
}

#endif /* PLAT_XEN_TIME_H */
