/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/hypercall/include/plat/hypercall.h. DO NOT EDIT. */
/*
 * Source: Xen, public/xen.h (numbers) and public/arch-x86/xen-x86_64.h
 * (registers: arguments in RDI, RSI, RDX, R10, R8; result in RAX).
 */
#ifndef PLAT_HYPERCALL_H
#define PLAT_HYPERCALL_H

#include <stdint.h>

#define HYPERCALL_MEMORY_OP	12
#define HYPERCALL_CONSOLE_IO		18
#define HYPERCALL_GRANT_TABLE_OP	20
#define HYPERCALL_VCPU_OP	24
#define HYPERCALL_SCHED_OP	29
#define HYPERCALL_EVENT_CHANNEL_OP	32
#define HYPERCALL_HVM_OP	34

/* One of the three ways in, which hypervisor_init() chooses */
extern void (*hypercall_entry)(void);
void hypercall_none(void);
void hypercall_vmcall(void);
void hypercall_vmmcall(void);

/** Calls Xen with two arguments; negative results are -errno. */
static inline long hypercall2(unsigned int number, uint64_t a, uint64_t b)
{
	long result;

	__asm__ __volatile__("call *%3"
			     : "=a"(result), "+D"(a), "+S"(b)
			     : "m"(hypercall_entry), "0"((long)number)
			     : "memory", "rcx", "rdx", "r8", "r9", "r10",
			       "r11");
	return result;
}

/** The same with three arguments. */
static inline long hypercall3(unsigned int number, uint64_t a, uint64_t b,
			      uint64_t c)
{
	long result;

	__asm__ __volatile__("call *%4"
			     : "=a"(result), "+D"(a), "+S"(b), "+d"(c)
			     : "m"(hypercall_entry), "0"((long)number)
			     : "memory", "rcx", "r8", "r9", "r10", "r11");
	return result;
}

#endif /* PLAT_HYPERCALL_H */
