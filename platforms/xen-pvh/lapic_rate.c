/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/time/lapic-rate/lapic_rate.c. DO NOT EDIT. */
/*
 * The hypervisor knows best. CPUID leaf 0x15 ECX is the core crystal in Hz, by
 * which the timer counts (Intel SDM volume 3, 11.5.4). machine.h comes last.
 */
#include <plat/hypervisor.h>
#include <plat/lapic_rate.h>
#include <plat/machine.h>
#include <plat/x86.h>

#define CRYSTAL_LEAF	0x15

uint64_t lapic_timer_hz(const char **source)
{
	uint32_t told = hypervisor_rates().lapic_timer;

	*source = "the hypervisor";
	if (told)
		return (uint64_t)told * 1000;
	told = hypervisor_lapic_timer_hz();
	if (told)
		return told;
	if (cpuid(0, 0).eax >= CRYSTAL_LEAF) {
		*source = "CPUID";
		told = cpuid(CRYSTAL_LEAF, 0).ecx;
		if (told)
			return told;
	}
	*source = "machine.h";
	return MACHINE_LAPIC_TIMER_HZ;
}
