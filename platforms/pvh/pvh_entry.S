/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/pvh/pvh_entry.S. DO NOT EDIT. */
/*
 * The PVH entry and the ELF note that announces it.
 * Source: Xen, docs/misc/pvh.pandoc and public/elfnote.h.
 */

/* XEN_ELFNOTE_PHYS32_ENTRY: a loader enters here, in 32-bit mode. */
#define XEN_ELFNOTE_PHYS32_ENTRY	18

	.section .note.pvh, "a", @note
	.balign	4
	.long	2f - 1f
	.long	4f - 3f
	.long	XEN_ELFNOTE_PHYS32_ENTRY
1:	.asciz	"Xen"
2:	.balign	4
3:	.long	pvh_entry
4:	.balign	4

/*
 * pvh_entry
 *
 * On entry: EBX holds the physical address of hvm_start_info. 32-bit protected
 * mode with flat segments, paging and interrupts off; selectors, stack and
 * IDT are not to be used.
 */
	.section .text.boot, "ax", @progbits
	.code32
	.globl	pvh_entry
	.type	pvh_entry, @function
pvh_entry:
	movl	$pvh_start, %ebp
	jmp	start32
	.size	pvh_entry, . - pvh_entry

	.section .note.GNU-stack, "", @progbits
