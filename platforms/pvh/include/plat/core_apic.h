/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk021/include/plat/core_apic.h. DO NOT EDIT. */
/*
 * Included before Unikraft's sources that drive the local APIC. They know the
 * x2APIC only, by its MSRs; here they get whichever mode the CPU has. The
 * APIC is enabled by then.
 */
#ifndef PLAT_CORE_APIC_H
#define PLAT_CORE_APIC_H

#include <uk/arch/util.h>

#include "core_apic_calls.h"

#define uk_arch_x86_64_cpuid	core_apic_cpuid
#define uk_arch_x86_64_rdmsr	core_apic_rdmsr
#define uk_arch_x86_64_wrmsr	core_apic_wrmsr

#endif /* PLAT_CORE_APIC_H */
