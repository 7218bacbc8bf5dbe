/* SPDX-License-Identifier: BSD-3-Clause */
#include <plat/cpu_table.h>
#include <plat/x86_bits.h>

/*
 * cpu_start64 - where every further CPU begins
 *
 * On entry: 64-bit mode on the boot CPU's page tables and control registers,
 * interrupts off, segments of unknown selectors, no stack. RDI holds the CPU's
 * entry in the table.
 *
 * Never returns: jumps to cpus_enter() with RDI as it was. A CPU that comes too
 * late halts: its stack may be in use elsewhere by now.
 */
	.section .text.cpus, "ax", @progbits
	.code64
	.globl	cpu_start64
	.type	cpu_start64, @function
cpu_start64:
	cld

	/* 1. Claim the stack, before anything is written to it. */
	movl	$CPU_STATE_STARTING, %eax
	movl	$CPU_STATE_CLAIMED, %edx
	lock cmpxchgl	%edx, CPU_STATE(%rdi)
	jne	too_late

	/* 2. The stack, no flags, our segments: code by a far return. */
	movq	CPU_STACK(%rdi), %rsp
	andq	$~15, %rsp
	pushq	$RFLAGS_ONE
	popfq
	lgdt	boot_gdt_ptr(%rip)
	leaq	1f(%rip), %rax
	pushq	$BOOT_CS
	pushq	%rax
	lretq
1:	call	load_flat_segments

	/* 3. Into C, with the stack aligned as a called function finds it. */
	xorl	%ebp, %ebp
	pushq	$0
	jmp	cpus_enter

too_late:
	cli
	hlt
	jmp	too_late
	.size	cpu_start64, . - cpu_start64

	.section .note.GNU-stack, "", @progbits
