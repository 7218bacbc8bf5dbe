/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/hypervisor/hypervisor_cpuid.c. DO NOT EDIT. */
/*
 * A hypervisor may show several interfaces side by side, 256 leaves apart.
 */
#include <plat/hypervisor.h>
#include <plat/x86.h>

#define FIRST_BASE	0x40000000
#define LAST_BASE	0x4000ff00
#define BASE_STEP	0x100
#define TIMING_LEAF	0x40000010

static uint32_t word(const char *s)
{
	return (uint8_t)s[0] | (uint32_t)(uint8_t)s[1] << 8 |
	       (uint32_t)(uint8_t)s[2] << 16 | (uint32_t)(uint8_t)s[3] << 24;
}

/* VMware's proposal, which KVM and QEMU follow: EAX and EBX are in kHz. */
struct hypervisor_rates hypervisor_rates(void)
{
	struct cpuid_regs r;

	if (!(cpuid(1, 0).ecx & CPUID1_ECX_HYPERVISOR) ||
	    cpuid(FIRST_BASE, 0).eax < TIMING_LEAF)
		return (struct hypervisor_rates){ 0, 0 };
	r = cpuid(TIMING_LEAF, 0);
	return (struct hypervisor_rates){ r.eax, r.ebx };
}

/* Interfaces come without gaps: the first empty slot ends them. */
uint32_t hypervisor_cpuid_next(uint32_t base)
{
	struct cpuid_regs r;

	if (!(cpuid(1, 0).ecx & CPUID1_ECX_HYPERVISOR) || base >= LAST_BASE)
		return 0;
	base = base ? base + BASE_STEP : FIRST_BASE;
	r = cpuid(base, 0);
	/* EAX is the last leaf; old releases of KVM leave it 0. */
	if (r.eax ? r.eax < base || r.eax >= base + BASE_STEP : !r.ebx)
		return 0;
	return base;
}

uint32_t hypervisor_cpuid_base(const char signature[12])
{
	const uint32_t first = word(signature);
	struct cpuid_regs r;
	uint32_t base = 0;

	while ((base = hypervisor_cpuid_next(base))) {
		r = cpuid(base, 0);
		if (r.ebx == first && r.ecx == word(signature + 4) &&
		    r.edx == word(signature + 8))
			return base;
	}
	return 0;
}
