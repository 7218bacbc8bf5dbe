/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The guest's end as Unikraft asks for it.
 */
#include <errno.h>

#include <uk/event.h>
#include <uk/plat/bootstrap.h>

#include <plat/control.h>
#include <plat/core.h>
#include <plat/power.h>

void ukplat_terminate(enum ukplat_gstate request)
{
	switch (request) {
	case UKPLAT_HALT:
		power_end(POWER_OFF);
	case UKPLAT_RESTART:
		power_end(POWER_REBOOT);
	default:
		power_end(POWER_CRASH);
	}
}

int ukplat_suspend(void)
{
	return -ENOTSUP;
}

/* Heard with CONFIG_LIBUKBOOT_SHUTDOWNREQ_HANDLER */
UK_EVENT(UKPLAT_SHUTDOWN_EVENT);

bool core_begin_end(enum power_end how)
{
	const long target = how == POWER_REBOOT ? UKPLAT_RESTART : UKPLAT_HALT;

	core_note_work();
	return uk_raise_event(UKPLAT_SHUTDOWN_EVENT, (void *)target) !=
	       UK_EVENT_NOT_HANDLED;
}
