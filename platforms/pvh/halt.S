/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/cpu/vectors/halt.S. DO NOT EDIT. */
/*
 * halt_until_irq() - interrupts on and halt, in one step
 *
 * On entry and on return: interrupts are off. STI takes effect behind the
 * instruction that follows it, so no interrupt comes in between and none is
 * lost. Source: Intel SDM volume 2, STI.
 */
	.section .text.halt, "ax", @progbits
	.globl	halt_until_irq, halt_here, halt_left
	.type	halt_until_irq, @function
halt_until_irq:
	.cfi_startproc
	sti
halt_here:
	hlt
halt_left:
	cli
	ret
	.cfi_endproc
	.size	halt_until_irq, . - halt_until_irq

	.section .note.GNU-stack, "", @progbits
