/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/cpu/interrupts/interrupts.c. DO NOT EDIT. */
#include <stddef.h>

#include <plat/interrupts.h>

void interrupts_init(void)
{
	unsigned int i;

	for (i = 0; machine_interrupts[i]; i++)
		machine_interrupts[i]->init();
}

void interrupts_init_cpu(void)
{
	unsigned int i;

	for (i = 0; machine_interrupts[i]; i++)
		if (machine_interrupts[i]->init_cpu)
			machine_interrupts[i]->init_cpu();
}
