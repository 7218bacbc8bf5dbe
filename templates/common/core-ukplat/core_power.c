/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The guest's end as Unikraft asks for it.
 */
#include <errno.h>

#include <uk/isr/boot.h>
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

/* Without a thread of its own for main() the core has no other way to end. */
bool core_begin_end(enum power_end how)
{
	const enum ukplat_gstate target __maybe_unused =
		how == POWER_REBOOT ? UKPLAT_RESTART : UKPLAT_HALT;
	const int rc = uk_boot_shutdown_req_isr(target);

	core_note_work();
	return rc >= 0;
}
