/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * QEMU's emulated SVM at times delivers an interrupt a second time, whatever
 * RFLAGS.IF says. INT enters a gate in the same way.
 *
 * number: 9
 * unemulated: INT
 * with: argument=elsewhere
 * with: argument=twice ends=crash says="platform: irq 191 came at {irq_masked_here}, where interrupts are off"
 */
#include <bare/check.h>

#include "task_state.h"

#define IRQ	191

static volatile unsigned int came;

static void note(void)
{
	came++;
}

/* On the stack of the handler that it interrupts: the second frame is on top. */
static void interrupt_twice(uint64_t top)
{
	__asm__ __volatile__("movq %0, %%rsp\n\t"
			     "int $32 + %c1\n"
			     ".globl irq_masked_here\n"
			     "irq_masked_here:"
			     : : "r"(top - 64), "i"(IRQ) : "memory");
}

CHECK(irq_masked, "an interrupt that comes with interrupts off does no harm")
{
	traps_set_irq(IRQ, note);
	if (*arg == 't') {
		interrupt_twice(stack_top(TRAP_STACK_IRQ));
		return check_fail("the handler went on");
	}
	__asm__ __volatile__("sti\n\tint $32 + %c0\n\tcli" : : "i"(IRQ)
			     : "memory");
	if (came != 1)
		return check_fail("with interrupts on, %u came", came);
	__asm__ __volatile__("int $32 + %c0" : : "i"(IRQ) : "memory");
	if (came != 1)
		return check_fail("with interrupts off, one is handled");
	return CHECK_PASS;
}
