/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Source: Linux, Documentation/arch/x86/boot.rst, "64-bit Boot Protocol".
 */
#include <plat/x86_bits.h>

/*
 * linux64_entry
 *
 * On entry: RSI holds the physical address of the zero page, which is below
 * 4 GiB. Long mode, interrupts off; the loader's page tables map the image one
 * to one, its selectors and its stack are not to be used.
 *
 * The common path begins in 32-bit mode, so this goes back there.
 */
	.section .text.boot, "ax", @progbits
	.code64
	.globl	linux64_entry
	.type	linux64_entry, @function
linux64_entry:
	/*
	 * 1. A code segment of 32 bits, still with paging: compatibility mode.
	 */
	cli
	lgdt	boot_gdt_ptr(%rip)
	movl	%esi, %ebx
	leaq	first_stack_end(%rip), %rsp
	leaq	1f(%rip), %rax
	pushq	$BOOT_CS32
	pushq	%rax
	lretq

	/* 2. Without paging there is no long mode. */
	.code32
1:	movl	$BOOT_DS, %eax
	movl	%eax, %ss
	movl	%eax, %ds
	movl	%eax, %es
	movl	$(CR0_ET | CR0_PE), %eax
	movl	%eax, %cr0
	movl	$MSR_EFER, %ecx
	xorl	%eax, %eax
	xorl	%edx, %edx
	wrmsr
	movl	%eax, %cr4
	movl	$linux64_start, %ebp
	jmp	start32
	.size	linux64_entry, . - linux64_entry

	.section .note.GNU-stack, "", @progbits
