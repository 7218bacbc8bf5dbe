/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Unikraft's driver of the 8259s takes any number, writes to other ports for
 * those beyond, and leaves the trigger as firmware has set it.
 */
#include <plat/irq_lines.h>

#define LINES	16
#define CASCADE	2	/* the second 8259, and no line of a device */

bool irq_line_wire(unsigned int irq, bool level, bool low)
{
	(void)level;
	(void)low;
	return irq < LINES && irq != CASCADE;
}
