/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/suspend-event/suspend_event.c. DO NOT EDIT. */
/*
 * Unikraft after 0.21 has an event for a guest that goes on in a new domain.
 * Its handlers run in the interrupt of the suspension, when all CPUs are back.
 */
#include <uk/pm.h>

#include <plat/console_note.h>
#include <plat/suspend.h>

#ifdef UK_PM_EVENT_SYSMIGRATION
static void suspend_event_resumed(bool lost)
{
	if (lost && uk_pm_sysmigration() < 0)
		console_note("suspend: a handler of the migration event fails",
			     "");
}
#endif /* UK_PM_EVENT_SYSMIGRATION */

const struct suspend_part suspend_event_part = {
#ifdef UK_PM_EVENT_SYSMIGRATION
	.resumed = suspend_event_resumed,
#endif /* UK_PM_EVENT_SYSMIGRATION */
};
