/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/time/lapic-rate/lapic_rate.c. DO NOT EDIT. */
/*
 * Leaf 0x40000010 of a hypervisor (VMware's proposal, also by KVM and QEMU):
 * EBX is the rate in kHz. Leaf 0x15 ECX: the core crystal in Hz, by which the
 * timer counts (Intel SDM volume 3, 11.5.4). The spec's number comes last.
 */
#include <plat/lapic_rate.h>
#include <plat/machine.h>
#include <plat/x86.h>

#define HYPERVISOR_LEAF		0x40000000
#define HYPERVISOR_TIMING	0x40000010
#define CRYSTAL_LEAF		0x15
#define ECX_HYPERVISOR		(1U << 31)

uint64_t lapic_timer_hz(const char **source)
{
	uint32_t told;

	if ((cpuid(1, 0).ecx & ECX_HYPERVISOR) &&
	    cpuid(HYPERVISOR_LEAF, 0).eax >= HYPERVISOR_TIMING) {
		*source = "the hypervisor";
		told = cpuid(HYPERVISOR_TIMING, 0).ebx;
		if (told)
			return (uint64_t)told * 1000;
	}
	if (cpuid(0, 0).eax >= CRYSTAL_LEAF) {
		*source = "CPUID";
		told = cpuid(CRYSTAL_LEAF, 0).ecx;
		if (told)
			return told;
	}
	*source = "the spec";
	return MACHINE_LAPIC_TIMER_HZ;
}
