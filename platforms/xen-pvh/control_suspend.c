/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/xenstore-control/control_suspend.c. DO NOT EDIT. */
/*
 * What the host is told of suspending. Asked through the store, it would wait a
 * minute for a guest that cannot be saved. libxl prefers an event channel, if
 * the guest names one, and fails at once if that one cannot be bound: port 0
 * never can. So a guest names it for as long as something is in the way.
 * Source: Xen, docs/misc/xenstore-paths.pandoc (device/suspend/event-channel)
 */
#include <stddef.h>

#include <plat/control_words.h>
#include <plat/core.h>
#include <plat/suspend.h>
#include <plat/suspend_hooks.h>
#include <plat/xenstore.h>

#define CHANNEL		"device/suspend/event-channel"
#define NO_CHANNEL	"0"

static bool announced;

/* What did not arrive is said again when the store answers again. */
static void channel_told(void *why, enum xenstore_result result,
			 const char *value)
{
	(void)value;
	if (result == XENSTORE_SILENT && announced == !!why)
		announced = !why;
}

void suspend_announce(void)
{
	const char *why = suspend_obstacle();

	if (announced == !!why)
		return;
	if (!xenstore_write(CHANNEL, why ? NO_CHANNEL : "", channel_told,
			    (void *)why))
		return;
	announced = why;
	core_log("suspend: %s%s", why ? "this guest cannot be saved: "
				      : "this guest can be saved again",
		 why ? why : "");
}

/* A new domain's folder in the store says nothing of what the guest supports */
static void control_resume(bool lost)
{
	const struct control_feature *f;

	if (!lost)
		return;
	for (f = control_features; f->path; f++)
		xenstore_write(f->path, f->value, NULL, NULL);
	announced = false;
}

/* An order to end may have come while the devices took their time. */
static void control_resumed(bool lost)
{
	(void)lost;
	control_deadline_again();
}

const struct suspend_part control_part = {
	.resume = control_resume,
	.resumed = control_resumed,
};
