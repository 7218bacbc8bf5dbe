/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/tsc-xen/tsc_xen.c. DO NOT EDIT. */
/*
 * Leaf 3 of Xen's range, subleaf 0: ECX is the guest's TSC rate in kHz.
 * Source: Xen, public/arch-x86/cpuid.h
 */
#include <stddef.h>

#include <plat/hypervisor.h>
#include <plat/tsc_frequency.h>
#include <plat/x86.h>

#define XEN_LEAF_TIME	3

static uint64_t tsc_xen_hz(void)
{
	const uint32_t base = hypervisor_cpuid_base("XenVMMXenVMM");

	return base ? cpuid(base + XEN_LEAF_TIME, 0).ecx * 1000UL : 0;
}

const struct tsc_frequency_source tsc_by_xen = {
	.name = "Xen",
	.hz = tsc_xen_hz,
};
