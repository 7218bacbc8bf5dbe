/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/hypercall/hypercall.S. DO NOT EDIT. */
/*
 * A hypercall is one instruction, with the number in EAX: VMCALL where Xen runs
 * on Intel's virtualization, VMMCALL on AMD's. Until hypervisor_init() has
 * found out which, a hypercall answers -ENOSYS. Source: Xen,
 * docs/guest-guide/x86/hypercall-abi.rst
 */
#define ENOSYS	38

	.section .data.hypercall, "aw", @progbits
	.balign	8
	.globl	hypercall_entry
	.type	hypercall_entry, @object
hypercall_entry:
	.quad	hypercall_none
	.size	hypercall_entry, . - hypercall_entry

	.macro	entry name, instruction:vararg
	.globl	\name
	.type	\name, @function
\name:
	\instruction
	ret
	.size	\name, . - \name
	.endm

	.text
	entry hypercall_none, movq $-ENOSYS, %rax
	entry hypercall_vmcall, vmcall
	entry hypercall_vmmcall, vmmcall

	.section .note.GNU-stack, "", @progbits
