/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/start/start.S. DO NOT EDIT. */
/*
 * The way from a boot protocol's 32-bit entry to 64-bit C.
 */
#include <plat/pc_ports.h>
#include <plat/x86_bits.h>

/*
 * Boot page tables: one PML4, one PDPT, four page directories. They map the
 * first 4 GiB one to one in 2 MiB pages, page 0 included, since loaders put
 * their data anywhere; page_tables_protect() tightens them afterwards. The
 * linker script puts the section where a page begins.
 */
	.section .bss.boot, "aw", @nobits
	.globl	boot_pml4, boot_pdpt, boot_pd
boot_pml4:
	.skip	PAGE_SIZE_4K
boot_pdpt:
	.skip	PAGE_SIZE_4K
boot_pd:
	.skip	4 * PAGE_SIZE_4K

/*
 * The first stack, used until the memory map is known and a larger one is taken
 * out of RAM.
 */
#define FIRST_STACK_SIZE	0x2000
	.skip	FIRST_STACK_SIZE
	.globl	first_stack_end
first_stack_end:

	.section .rodata.boot, "a", @progbits
	.balign	8
	.globl	boot_gdt, boot_gdt_ptr
boot_gdt:
	.quad	0
	.quad	0x00af9b000000ffff	/* BOOT_CS: 64-bit code */
	.quad	0x00cf93000000ffff	/* BOOT_DS: flat data */
	.quad	0x00cf9b000000ffff	/* BOOT_CS32: 32-bit code */
boot_gdt_end:
boot_gdt_ptr:
	.word	boot_gdt_end - boot_gdt - 1
	.quad	boot_gdt		/* 32-bit code takes half of it */

/*
 * start32 - common to all boot protocols
 *
 * On entry: 32-bit protected mode, flat segments of unknown selectors, paging
 * and interrupts off, no stack. EBX holds the physical address of the
 * protocol's information block, EBP that of the C function which takes it.
 * The image lies below 4 GiB, its .bss is zero (both promised by ELF loaders).
 *
 * Never returns: jumps to the C function with its argument in RDI.
 */
	.section .text.boot, "ax", @progbits
	.code32
	.globl	start32
	.type	start32, @function
start32:
	cli
	cld

	/* 1. There must be RAM at the image's end: not every loader looks. */
	movl	$no_ram, %esi
	movl	$_end - 4, %edi
	movl	(%edi), %ecx
	movl	%ecx, %edx
	notl	%edx
	movl	%edx, (%edi)
	cmpl	%edx, (%edi)
	jne	say_and_stop
	movl	%ecx, (%edi)

	/* 2. Long mode and NX must exist; without them say so and stop. */
	movl	$0x80000000, %eax
	movl	%ebx, %esi
	cpuid
	xorl	%edx, %edx
	cmpl	$0x80000001, %eax
	jb	1f
	movl	$0x80000001, %eax
	cpuid
1:	andl	$(CPUID_EXT_LM | CPUID_EXT_NX), %edx
	cmpl	$(CPUID_EXT_LM | CPUID_EXT_NX), %edx
	jne	no_64_bit

	/* 3. Identity map: 2048 large pages, writable, nothing executable. */
	movl	$boot_pd, %edi
	movl	$(PTE_PRESENT | PTE_WRITE | PTE_ACCESSED | PTE_DIRTY | \
		  PTE_LARGE), %eax
	movl	$2048, %ecx
1:	movl	%eax, (%edi)
	movl	$PTE_NX_HIGH, 4(%edi)
	addl	$PAGE_SIZE_2M, %eax
	addl	$8, %edi
	decl	%ecx
	jnz	1b

	/* 4. The image may be executed until its rights are set page-wise. */
	movl	$_base_addr, %edi
	shrl	$21, %edi
	movl	$_end - 1, %ecx
	shrl	$21, %ecx
1:	movl	$0, boot_pd + 4(, %edi, 8)
	incl	%edi
	cmpl	%ecx, %edi
	jbe	1b

	/* 5. Link the upper levels. */
	movl	$(boot_pd + PTE_PRESENT + PTE_WRITE), %eax
	movl	%eax, boot_pdpt
	addl	$PAGE_SIZE_4K, %eax
	movl	%eax, boot_pdpt + 8
	addl	$PAGE_SIZE_4K, %eax
	movl	%eax, boot_pdpt + 16
	addl	$PAGE_SIZE_4K, %eax
	movl	%eax, boot_pdpt + 24
	movl	$(boot_pdpt + PTE_PRESENT + PTE_WRITE), boot_pml4

	/* 6. Long mode; write protection holds for this code, too. */
	movl	$CR4_PAE, %eax
	movl	%eax, %cr4
	movl	$boot_pml4, %eax
	movl	%eax, %cr3
	movl	$MSR_EFER, %ecx
	rdmsr
	orl	$(EFER_LME | EFER_NXE), %eax
	wrmsr
	movl	$(CR0_PG | CR0_WP | CR0_NE | CR0_ET | CR0_MP | CR0_PE), %eax
	movl	%eax, %cr0

	/* 7. Our segments: the loader's selectors are not valid here. */
	lgdt	boot_gdt_ptr
	ljmpl	$BOOT_CS, $start64

no_64_bit:
	movl	$no_long_mode, %esi

/*
 * Writes the text at ESI to the debug port and to COM1, whichever exists, and
 * ends the guest: nothing else works without RAM or a 64-bit mode.
 */
say_and_stop:
1:	lodsb
	testb	%al, %al
	jz	last_resort32
	outb	%al, $DEBUG_PORT
	movw	$COM1_DATA, %dx
	outb	%al, %dx
	jmp	1b
	.size	start32, . - start32

/* Beside the code: further on there may be no RAM. */
no_long_mode:
	.asciz	"platform: this CPU has no 64-bit mode with NX\r\n"
no_ram:
	.asciz	"platform: too little RAM, it ends within the image\r\n"

	.code64
	.type	start64, @function
start64:
	/* 8. A stack, and no flag of the loader's: AC alone ends SMAP. */
	leaq	first_stack_end(%rip), %rsp
	pushq	$RFLAGS_ONE
	popfq
	call	load_flat_segments

	/* 9. Into C, with the stack aligned as a called function finds it. */
	pushq	$0
	movl	%esi, %edi
	movl	%ebp, %eax
	xorl	%ebp, %ebp
	jmp	*%rax
	.size	start64, . - start64

/*
 * load_flat_segments - every CPU's segments before it has tables of its own
 *
 * Called in 64-bit mode with our GDT loaded and our code segment in use. There
 * is no thread pointer yet, and the per-CPU base is that of CPU 0. A base
 * survives a null selector on some CPUs. Changes RAX, RCX and RDX.
 */
	.globl	load_flat_segments
	.type	load_flat_segments, @function
load_flat_segments:
	movl	$BOOT_DS, %eax
	movl	%eax, %ss
	movl	%eax, %ds
	movl	%eax, %es
	xorl	%eax, %eax
	movl	%eax, %fs
	movl	%eax, %gs
	xorl	%edx, %edx
	movl	$MSR_FS_BASE, %ecx
	wrmsr
	movl	$MSR_GS_BASE, %ecx
	wrmsr
	movl	$MSR_KERNEL_GS_BASE, %ecx
	wrmsr
	ret
	.size	load_flat_segments, . - load_flat_segments

	/* start_on_stack(function, stack): the end of the stack is aligned. */
	.globl	start_on_stack
	.type	start_on_stack, @function
start_on_stack:
	movq	%rsi, %rsp
	pushq	$0
	xorl	%ebp, %ebp
	jmp	*%rdi
	.size	start_on_stack, . - start_on_stack

	.section .note.GNU-stack, "", @progbits
