/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk/include/plat/core_apic_calls.h. DO NOT EDIT. */
#ifndef PLAT_CORE_APIC_CALLS_H
#define PLAT_CORE_APIC_CALLS_H

#include <uk/arch/types.h>

/* What Unikraft's sources call in place of the instructions of these names */
void core_apic_cpuid(__u32 leaf, __u32 subleaf, __u32 *eax, __u32 *ebx,
		     __u32 *ecx, __u32 *edx);
void core_apic_rdmsr(unsigned int msr, __u32 *low, __u32 *high);
void core_apic_wrmsr(unsigned int msr, __u32 low, __u32 high);

#endif /* PLAT_CORE_APIC_CALLS_H */
