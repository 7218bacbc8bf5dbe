/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/suspend/include/plat/xen_time.h. DO NOT EDIT. */
#ifndef PLAT_XEN_TIME_H
#define PLAT_XEN_TIME_H

#include <stdint.h>

/**
 * Xen's system time by this CPU's record, in ns, or PVCLOCK_LOST. It stands
 * still while the guest is suspended, whatever the other host's time is.
 */
uint64_t xen_time_now(void);

#endif /* PLAT_XEN_TIME_H */
