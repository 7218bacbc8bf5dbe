/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An ELF file has one entry. Loaders of the 64-bit image enter it in long mode;
 * Unikraft makes the multiboot image of the same file, and loaders of that
 * enter it in 32-bit mode.
 */

/*
 * elf_entry - what linux64_entry and multiboot_entry expect, in the one mode or
 * the other
 *
 * The byte 0x41 before MOV is INC ECX in 32-bit mode, which clears ZF. In long
 * mode it is a prefix that makes R8D the target instead of EAX, and MOV leaves
 * the flags alone. All other instructions here are the same in both modes, and
 * none changes EAX, EBX or RSI. Source: Intel SDM volume 2, 2.2.1.
 */
	.section .text.boot, "ax", @progbits
	.code64
	.globl	elf_entry
	.type	elf_entry, @function
elf_entry:
	xorl	%ecx, %ecx
	.byte	0x41, 0x89, 0xc0
	jz	linux64_entry
	.code32
	jmp	multiboot_entry
	.size	elf_entry, . - elf_entry

	.section .note.GNU-stack, "", @progbits
