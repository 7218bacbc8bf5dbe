/* SPDX-License-Identifier: BSD-3-Clause */
#include <plat/core.h>
#include <plat/device_irqs.h>

int core_irq_alloc(unsigned int count)
{
	static unsigned int next = FIRST_MESSAGE_IRQ;
	const unsigned int first = next;

	if (count > LAST_MESSAGE_IRQ + 1 - first)
		return -1;
	next += count;
	return (int)first;
}
