/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/suspend/suspend_parts.c.j2 and platforms/pvh.yaml. DO NOT EDIT. */
/*
 * Who has something to do when the guest is suspended.
 */
#include <stddef.h>

#include <plat/core_limits.h>
#include <plat/suspend.h>

extern const struct suspend_part shared_info_part;
extern const struct suspend_part events_part;
extern const struct suspend_part event_timer_part;
extern const struct suspend_part xen_time_part;
extern const struct suspend_part suspend_event_part;
extern const struct suspend_part xen_ring_part;
extern const struct suspend_part xenstore_part;
extern const struct suspend_part core_watches_part;
extern const struct suspend_part core_drivers_part;
extern const struct suspend_part control_part;

const struct suspend_part *const suspend_parts[] = {
	&shared_info_part,
	&events_part,
	&event_timer_part,
	&xen_time_part,
#if CONFIG_LIBUKPM
	&suspend_event_part,
#endif
	&xen_ring_part,
	&xenstore_part,
#if CONFIG_LIBXENBUS
	&core_watches_part,
#endif
#if CONFIG_LIBXENHEADERS
	&core_drivers_part,
#endif
	&control_part,
	NULL,
};
