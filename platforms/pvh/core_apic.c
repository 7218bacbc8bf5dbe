/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk/core_apic.c. DO NOT EDIT. */
/*
 * The local APIC as Unikraft sees it: always an x2APIC.
 * Source: Intel SDM volume 3, 11.12 (registers by MSR).
 */
#include <plat/core_apic_calls.h>
#include <plat/lapic.h>
#include <plat/x86.h>

#define MSR_X2APIC_END		(MSR_X2APIC + 0x40)
#define ICR_VECTOR		0xffU

void core_apic_cpuid(__u32 leaf, __u32 subleaf, __u32 *eax, __u32 *ebx,
		     __u32 *ecx, __u32 *edx)
{
	const struct cpuid_regs r = cpuid(leaf, subleaf);

	*eax = r.eax;
	*ebx = r.ebx;
	*ecx = r.ecx;
	*edx = r.edx;
	if (leaf == 1 && lapic_init())
		*ecx |= CPUID1_ECX_X2APIC;
}

static int is_apic(unsigned int msr)
{
	return msr >= MSR_X2APIC && msr < MSR_X2APIC_END;
}

void core_apic_rdmsr(unsigned int msr, __u32 *low, __u32 *high)
{
	const uint64_t value = is_apic(msr) ? lapic_read(msr - MSR_X2APIC)
					    : rdmsr(msr);

	*low = (__u32)value;
	*high = (__u32)(value >> 32);
}

void core_apic_wrmsr(unsigned int msr, __u32 low, __u32 high)
{
	if (msr == MSR_X2APIC + APIC_ICR)
		lapic_send(high, low & ICR_VECTOR);
	else if (is_apic(msr))
		lapic_write(msr - MSR_X2APIC, low);
	else if (msr != MSR_APIC_BASE)	/* its mode is ours to choose */
		wrmsr(msr, (uint64_t)high << 32 | low);
}
