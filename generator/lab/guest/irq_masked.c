/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An emulated host at times delivers an interrupt to a CPU that has interrupts
 * off. INT enters an interrupt's gate whatever the flag says.
 *
 * number: 9
 * unemulated: INT
 * ends: crash
 * says: platform: irq 191 came at {irq_masked_here}, where interrupts are off
 */
#include <bare/check.h>

CHECK(irq_masked, "an interrupt that comes while they are off ends the guest")
{
	__asm__ __volatile__("cli\n\t"
			     "int $223\n"
			     ".globl irq_masked_here\n"
			     "irq_masked_here:");
	return check_fail("the interrupt's handler returned");
}
