/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/xen-vcpus/include/plat/xen_vcpu.h. DO NOT EDIT. */
/*
 * Source: Xen, public/vcpu.h and public/hvm/hvm_vcpu.h.
 */
#ifndef PLAT_XEN_VCPU_H
#define PLAT_XEN_VCPU_H

#include <stddef.h>
#include <stdint.h>

#define VCPUOP_INITIALISE		0
#define VCPUOP_UP			1
#define VCPUOP_IS_UP			3

#define VCPU_HVM_MODE_64B		1

/* Registers of a vCPU that begins in 64-bit mode */
struct vcpu_hvm_x86_64 {
	uint64_t rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi;
	uint64_t rip, rflags;
	uint64_t cr0, cr3, cr4, efer;
};

/* The 32-bit variant of the union that Xen has here is the longer one. */
#define VCPU_HVM_REGISTERS_SIZE		120

struct vcpu_hvm_context {
	uint32_t mode;
	uint32_t pad;
	union {
		struct vcpu_hvm_x86_64 x86_64;
		uint8_t size[VCPU_HVM_REGISTERS_SIZE];
	} cpu_regs;
};

_Static_assert(sizeof(struct vcpu_hvm_x86_64) == 112, "64-bit registers");
_Static_assert(sizeof(struct vcpu_hvm_context) == 128, "vCPU context");

#endif /* PLAT_XEN_VCPU_H */
