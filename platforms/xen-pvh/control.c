/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/power/control/control.c. DO NOT EDIT. */
#include <stddef.h>

#include <plat/control.h>

void control_start(void)
{
	unsigned int i;

	for (i = 0; machine_controls[i]; i++)
		machine_controls[i]->start();
}

void control_core_ends(void)
{
	unsigned int i;

	for (i = 0; machine_controls[i]; i++)
		if (machine_controls[i]->core_ends)
			machine_controls[i]->core_ends();
}
