/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/power/power.c. DO NOT EDIT. */
#include <stddef.h>

#include <plat/power.h>

void power_end(enum power_end how)
{
	unsigned int i;

	for (i = 0; machine_power[i]; i++)
		machine_power[i]->end(how);
	for (;;)
		__asm__ __volatile__("cli; hlt" : : : "memory");
}
