/* SPDX-License-Identifier: BSD-3-Clause */
#include <plat/cpu_table.h>
#include <plat/x86_bits.h>

/*
 * A CPU's first instructions after a startup message, copied to a page below
 * 1 MiB.
 *
 * On entry: real mode, CS:0 is the page, interrupts off. What is needed lies
 * relative to CS, and the jump out of it goes to a fixed address in the image,
 * so that nothing has to be patched.
 */
	.section .rodata.sipi, "a", @progbits
	.code16
	.balign	8
	.globl	sipi_begin, sipi_end
sipi_begin:
	/* 1. Protected mode; this also switches the caches on. */
	cli
	lgdtl	%cs:(sipi_gdt_ptr - sipi_begin)
	movl	$(CR0_ET | CR0_PE), %eax
	movl	%eax, %cr0
	ljmpl	$BOOT_CS32, $sipi_start32
	.balign	4
sipi_gdt_ptr:
	.word	BOOT_CS32 + 7		/* the last of its segments */
	.long	boot_gdt
sipi_end:

	.section .text.sipi, "ax", @progbits
	.code32
	.type	sipi_start32, @function
sipi_start32:
	movl	$BOOT_DS, %eax
	movl	%eax, %ds

	/*
	 * 2. Long mode on the tables of the boot, which 32-bit code can name:
	 *    those of the core may lie anywhere.
	 */
	movl	$CR4_PAE, %eax
	movl	%eax, %cr4
	movl	$boot_pml4, %eax
	movl	%eax, %cr3
	movl	$MSR_EFER, %ecx
	xorl	%edx, %edx
	movl	$(EFER_LME | EFER_NXE), %eax
	wrmsr
	movl	$(CR0_PG | CR0_WP | CR0_NE | CR0_ET | CR0_MP | CR0_PE), %eax
	movl	%eax, %cr0
	ljmpl	$BOOT_CS, $sipi_start64
	.size	sipi_start32, . - sipi_start32

	.code64
	.type	sipi_start64, @function
sipi_start64:
	/* 3. This CPU's APIC id: of 32 bits where leaf 0xb exists, else of 8 */
	xorl	%eax, %eax
	cpuid
	cmpl	$0xb, %eax
	jb	1f
	movl	$0xb, %eax
	xorl	%ecx, %ecx
	cpuid
	testl	%ebx, %ebx
	jnz	2f
1:	movl	$1, %eax
	cpuid
	movl	%ebx, %edx
	shrl	$24, %edx

	/*
	 * 4. Its entry in the table. One that is not waited for goes no
	 * further.
	 */
2:	leaq	cpus(%rip), %rdi
	movl	cpus_count(%rip), %ecx
3:	decl	%ecx
	jz	not_wanted
	addq	$CPU_SIZE, %rdi
	cmpl	%edx, CPU_ID(%rdi)
	jne	3b
	cmpl	$CPU_STATE_STARTING, CPU_STATE(%rdi)
	jne	not_wanted

	/* 5. What the CPU that starts this one works with */
	movl	sipi_efer(%rip), %eax
	movl	sipi_efer + 4(%rip), %edx
	movl	$MSR_EFER, %ecx
	wrmsr
	movq	sipi_cr3(%rip), %rax
	movq	%rax, %cr3
	movq	sipi_cr4(%rip), %rax
	movq	%rax, %cr4
	movq	sipi_cr0(%rip), %rax
	movq	%rax, %cr0
	jmp	cpu_start64

not_wanted:
	cli
	hlt
	jmp	not_wanted
	.size	sipi_start64, . - sipi_start64

	.section .note.GNU-stack, "", @progbits
