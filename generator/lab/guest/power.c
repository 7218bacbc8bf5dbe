/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 13
 * with: argument=off ends=poweroff
 * with: argument=reboot ends=reboot
 * with: argument=crash ends=crash
 * proof: end
 */
#include <bare/check.h>
#include <bare/string.h>
#include <plat/power.h>

CHECK(power, "off, reboot and crash are told apart by the host")
{
	power_end(!strcmp(arg, "off") ? POWER_OFF :
		  !strcmp(arg, "reboot") ? POWER_REBOOT : POWER_CRASH);
}
