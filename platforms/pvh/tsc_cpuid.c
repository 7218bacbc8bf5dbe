/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/time/tsc-cpuid/tsc_cpuid.c. DO NOT EDIT. */
/*
 * The hypervisor knows best. Leaf 0x15: EBX / EAX is the ratio of TSC to
 * crystal, ECX the crystal in Hz; where ECX is 0, leaf 0x16 EAX tells the
 * nominal rate in MHz, which is the TSC's (Intel SDM volume 3, 18.7.3).
 */
#include <stddef.h>

#include <plat/hypervisor.h>
#include <plat/tsc_frequency.h>
#include <plat/x86.h>

static uint64_t tsc_cpuid_hz(void)
{
	const uint32_t told = hypervisor_rates().tsc;
	struct cpuid_regs r;
	uint32_t max;

	if (told)
		return (uint64_t)told * 1000;
	max = cpuid(0, 0).eax;
	if (max < 0x15)
		return 0;
	r = cpuid(0x15, 0);
	if (!r.eax || !r.ebx)
		return 0;
	if (r.ecx)
		return (uint64_t)r.ecx * r.ebx / r.eax;
	return max < 0x16 ? 0 : (uint64_t)cpuid(0x16, 0).eax * 1000000;
}

const struct tsc_frequency_source tsc_by_cpuid = {
	.name = "CPUID",
	.hz = tsc_cpuid_hz,
};
