/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Included before Unikraft's sources that drive the local APIC. They know the
 * x2APIC only, by its MSRs; here they get whichever mode the CPU has. The
 * APIC is enabled by then.
 */
#ifndef PLAT_CORE_APIC_H
#define PLAT_CORE_APIC_H

#include <x86/cpu.h>

#include "core_apic_calls.h"

#define cpuid	core_apic_cpuid
#define rdmsr	core_apic_rdmsr
#define wrmsr	core_apic_wrmsr

#endif /* PLAT_CORE_APIC_H */
