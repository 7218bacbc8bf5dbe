/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/hypercall/hypercall_page.S. DO NOT EDIT. */
/*
 * Xen fills this page with one entry of 32 bytes for each hypercall. Until
 * then, and where there is no Xen, each entry answers -ENOSYS. The page lies in
 * the text segment, since it must stay executable. Source: Xen, public/xen.h
 */
#define PAGE_SIZE	0x1000
#define ENTRY_SIZE	32
#define ENOSYS		38

	.section .text.hypercall, "ax", @progbits
	.balign	PAGE_SIZE
	.globl	hypercall_page
	.type	hypercall_page, @object
hypercall_page:
	.rept	PAGE_SIZE / ENTRY_SIZE
	movq	$-ENOSYS, %rax
	ret
	.balign	ENTRY_SIZE, 0xcc
	.endr
	.size	hypercall_page, . - hypercall_page

	.section .note.GNU-stack, "", @progbits
