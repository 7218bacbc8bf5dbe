/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The name by which platforms call the driver of an x86 interrupt controller.
 */
#include <uk/intctlr.h>

#include <plat/device_irqs.h>

void uk_intctlr_xpic_handle_irq(struct __regs *regs, unsigned int irq);

void uk_intctlr_xpic_handle_irq(struct __regs *regs, unsigned int irq)
{
	uk_intctlr_irq_handle(regs, irq);
	device_irq_done(irq);
}
