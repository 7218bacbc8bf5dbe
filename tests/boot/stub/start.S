/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Entry of the stub guest, in 32-bit protected mode without paging.  The same
 * file is assembled as ELF64 with a PVH note and as ELF32 with a multiboot header.
 */
	.code32

#ifdef MULTIBOOT
	.section .multiboot, "a"
	.balign	4
	.long	0x1badb002
	.long	0			/* flags: nothing asked for */
	.long	-0x1badb002
#else
	.section .note.pvh, "a", @note
	.balign	4
	.long	4			/* "Xen" and its zero byte */
	.long	4
	.long	18			/* XEN_ELFNOTE_PHYS32_ENTRY */
	.asciz	"Xen"
	.long	_start
#endif

	.text
	.globl	_start
_start:
	cli
	cld
	movl	$stack_top, %esp
	lgdt	gdt_pointer
	ljmp	$8, $1f
1:	movw	$16, %cx
	movw	%cx, %ds
	movw	%cx, %es
	movw	%cx, %ss
	pushl	%ebx			/* start_info, or multiboot's block */
#ifdef MULTIBOOT
	pushl	%eax			/* the loader's magic */
#else
	pushl	$0			/* EAX is unspecified: QEMU's microvm leaves multiboot's magic in it */
#endif
	call	stub_main
2:	cli
	hlt
	jmp	2b

	.section .rodata
	.balign	8
gdt:	.quad	0
	.quad	0x00cf9b000000ffff	/* flat code */
	.quad	0x00cf93000000ffff	/* flat data */
gdt_pointer:
	.word	gdt_pointer - gdt - 1
	.long	gdt

	.bss
	.balign	16
	.skip	8192
stack_top:

	.section .note.GNU-stack, "", @progbits
