/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/power/power/power.c. DO NOT EDIT. */
#include <stddef.h>

#include <plat/console.h>
#include <plat/console_note.h>
#include <plat/last_resort.h>
#include <plat/power.h>

void power_end(enum power_end how)
{
	static const char *const ends[] = {
		[POWER_OFF] = "power off",
		[POWER_REBOOT] = "reboot",
		[POWER_CRASH] = "crash",
	};
	unsigned int i;

	/* The core's last words, in whatever form, are out by now. */
	if (how == POWER_CRASH)
		console_everywhere();
	for (i = 0; machine_power[i]; i++)
		machine_power[i]->end(how);
	console_everywhere();
	console_note("platform: all ways to end this guest failed: ",
		     ends[how]);
	last_resort();
}
