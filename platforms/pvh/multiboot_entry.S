/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/multiboot/multiboot_entry.S. DO NOT EDIT. */
/*
 * The multiboot entry. Source: Multiboot Specification 0.6.96, 3.2.
 */
#include <plat/multiboot.h>

/*
 * The header, which loaders look for in the first 8 KiB of the file. The
 * linker script keeps it out of the 64-bit image: QEMU takes multiboot before
 * PVH and refuses a 64-bit ELF then.
 */
	.section .multiboot, "a", @progbits
	.balign	4
	.long	MULTIBOOT_HEADER_MAGIC
	.long	MULTIBOOT_HEADER_FLAGS
	.long	-(MULTIBOOT_HEADER_MAGIC + MULTIBOOT_HEADER_FLAGS)

/*
 * multiboot_entry
 *
 * On entry: EAX holds the loader's magic number, EBX the physical address of
 * the information block. 32-bit protected mode with flat segments, paging and
 * interrupts off, no stack. A loader without the magic number gave no block:
 * C finds 0 and says so.
 */
	.section .text.boot, "ax", @progbits
	.code32
	.globl	multiboot_entry
	.type	multiboot_entry, @function
multiboot_entry:
	cmpl	$MULTIBOOT_LOADER_MAGIC, %eax
	je	1f
	xorl	%ebx, %ebx
1:	movl	$multiboot_start, %ebp
	jmp	start32
	.size	multiboot_entry, . - multiboot_entry

	.section .note.GNU-stack, "", @progbits
