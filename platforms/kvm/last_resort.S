/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/power/last-resort/last_resort.S. DO NOT EDIT. */
/*
 * An exception without a gate raises a double fault, and one without a gate
 * shuts the CPU down: every hypervisor ends or resets the guest then. Where
 * that is forbidden, the guest halts for good. Source: Intel SDM volume 3, 6.15
 * (interrupt 8).
 */
#include <plat/machine.h>

	.section .rodata.boot, "a", @progbits
	.balign	8
no_idt:
	.word	0
	.quad	0			/* 32-bit code takes half of it */

/* Shuts the CPU down by a table without gates, where that is allowed. */
	.macro shut_down table
#if MACHINE_TRIPLE_FAULT
	lidt	\table
	int3
#endif /* MACHINE_TRIPLE_FAULT */
	.endm

/*
 * last_resort32 - for 32-bit code without paging; last_resort - for C
 *
 * On entry: anything goes, no stack is needed. Never returns.
 */
	.section .text.boot, "ax", @progbits
	.code32
	.globl	last_resort32
	.type	last_resort32, @function
last_resort32:
	cli
	shut_down no_idt
1:	hlt
	jmp	1b
	.size	last_resort32, . - last_resort32

	.code64
	.globl	last_resort
	.type	last_resort, @function
last_resort:
	cli
	shut_down no_idt(%rip)
1:	hlt
	jmp	1b
	.size	last_resort, . - last_resort

	.section .note.GNU-stack, "", @progbits
