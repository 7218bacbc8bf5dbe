/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The guest's end as Unikraft asks for it.
 */
#include <errno.h>

#include <uk/plat/bootstrap.h>

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
