/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One entry for each exception and each interrupt vector. Each leaves the
 * same frame on the stack and jumps to one of two common paths:
 *
 *	+176	end of frame
 *	+168	SS		pushed by the CPU
 *	+160	RSP
 *	+152	RFLAGS
 *	+144	CS
 *	+136	RIP
 *	+128	error code, 0 where the CPU has none
 *	+120	RDI, RSI, RDX, RCX, RAX, R8 ... R11
 *	 +48	RBX, RBP, R12 ... R15
 *	  +0	padding, keeps the stack at a multiple of 16
 *
 * QEMU's emulated SVM at times delivers an interrupt once more, with RFLAGS.IF
 * off. It has been handled, so going back is right, unless it comes within its
 * own handler: its frame then lies over the first one, and neither can return.
 *
 * Source: Intel SDM volume 3, 6.13 (error codes) and 6.14 (64-bit stack frame).
 * plat/vectors.h names the C functions of the core that take the frame:
 * VECTOR_EXCEPTION(int number, void *frame, uint64_t error code) and
 * VECTOR_INTERRUPT(void *frame, uint32_t vector - 32). VECTOR_STACK_SIZE is the
 * size of the stack that interrupts have to themselves.
 */
#include <plat/vectors.h>
#include <plat/x86_bits.h>

	.macro push_reg reg
	pushq	%\reg
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset \reg, 0
	.endm

	.macro pop_reg reg
	popq	%\reg
	.cfi_adjust_cfa_offset -8
	.cfi_restore \reg
	.endm

	/* In: RSP at the error code. RDI is saved and free afterwards. */
	.macro save_frame
	push_reg rsi
	push_reg rdx
	push_reg rcx
	push_reg rax
	push_reg r8
	push_reg r9
	push_reg r10
	push_reg r11
	push_reg rbx
	push_reg rbp
	push_reg r12
	push_reg r13
	push_reg r14
	push_reg r15
	subq	$8, %rsp
	.cfi_adjust_cfa_offset 8
	cld
	.endm

	.macro restore_frame_and_return
	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8
	pop_reg	r15
	pop_reg	r14
	pop_reg	r13
	pop_reg	r12
	pop_reg	rbp
	pop_reg	rbx
	pop_reg	r11
	pop_reg	r10
	pop_reg	r9
	pop_reg	r8
	pop_reg	rax
	pop_reg	rcx
	pop_reg	rdx
	pop_reg	rsi
	pop_reg	rdi
	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8
	iretq
	.endm

	/* The common paths begin with RDI and the error code pushed. */
	.macro begin_frame
	.cfi_startproc simple
	.cfi_signal_frame
	.cfi_def_cfa rsp, 56
	.cfi_offset rip, -40
	.cfi_offset rsp, -16
	.cfi_offset rdi, -56
	.endm

	/* An exception without error code gets a zero in its place. */
	.macro exception name, number, has_error_code
	.globl	asm_trap_\name
	.type	asm_trap_\name, @function
asm_trap_\name:
	.if	!\has_error_code
	pushq	$0
	.endif
	pushq	%rdi
	movl	$\number, %edi
	jmp	exception_common
	.size	asm_trap_\name, . - asm_trap_\name
	.endm

	/*
	 * Seven bytes each: the number is a byte with a sign, no jump is short.
	 */
	.macro interrupt number
	.globl	cpu_irq_\number
	.type	cpu_irq_\number, @function
cpu_irq_\number:
	pushq	$((\number ^ 128) - 128)
	.byte	0xe9
	.long	interrupt_common - . - 4
	.size	cpu_irq_\number, . - cpu_irq_\number
	.endm

	.section .rodata.vectors, "a", @progbits
frame_lost:
	.asciz	"irq %u came at %016lx, where interrupts are off"

	.section .text.vectors, "ax", @progbits
	.balign	16
	.type	exception_common, @function
exception_common:
	begin_frame
	save_frame
	movq	%rsp, %rsi
	movq	128(%rsp), %rdx
	call	VECTOR_EXCEPTION
	restore_frame_and_return
	.cfi_endproc
	.size	exception_common, . - exception_common

	/* The number is where the error code belongs. */
	.balign	16
	.type	interrupt_common, @function
interrupt_common:
	pushq	%rdi
	begin_frame
	save_frame
	movzbl	128(%rsp), %esi
	movq	$0, 128(%rsp)
	testl	$RFLAGS_IF, 152(%rsp)
	jz	2f
	movq	%rsp, %rdi
	call	VECTOR_INTERRUPT
	.cfi_remember_state
1:	restore_frame_and_return
	.cfi_restore_state
2:	leaq	176(%rsp), %rax
	subq	160(%rsp), %rax
	cmpq	$VECTOR_STACK_SIZE, %rax
	jae	1b
	movq	136(%rsp), %rdx
	leaq	frame_lost(%rip), %rdi
	xorl	%eax, %eax
	call	core_crash
	.cfi_endproc
	.size	interrupt_common, . - interrupt_common

	exception divide_error,		0, 0
	exception debug,		1, 0
	exception nmi,			2, 0
	exception int3,			3, 0
	exception overflow,		4, 0
	exception bounds,		5, 0
	exception invalid_op,		6, 0
	exception no_device,		7, 0
	exception double_fault,		8, 1
	exception invalid_tss,		10, 1
	exception no_segment,		11, 1
	exception stack_error,		12, 1
	exception gp_fault,		13, 1
	exception page_fault,		14, 1
	exception coproc_error,		16, 0
	exception alignment_check,	17, 1
	exception machine_check,	18, 0
	exception simd_error,		19, 0
	exception virt_error,		20, 0
	exception security_error,	21, 1

	.altmacro
	.set	number, 0
	.rept	224
	interrupt %number
	.set	number, number + 1
	.endr
	.noaltmacro

	.section .note.GNU-stack, "", @progbits
