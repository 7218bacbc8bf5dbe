/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/cpu/machine-check/machine_check.c. DO NOT EDIT. */
/*
 * A machine check comes from broken memory or a broken CPU. Hypervisors pass on
 * those that hit a guest's memory, and cpu_init() enables them. Banks of
 * registers, whose number differs between CPUs, say where the fault is.
 * Source: Intel SDM volume 3, 15.3 (banks) and 15.10.4 (reading them).
 */
#include <plat/core.h>
#include <plat/machine_check.h>
#include <plat/x86.h>

#define MSR_MCG_CAP		0x179
#define MSR_MCG_STATUS		0x17a
#define MSR_MC0_STATUS		0x401
#define MSR_MC0_ADDR		0x402
#define BANK_REGISTERS		4
#define MCG_CAP_BANKS		0xff
#define MCI_STATUS_VALID	(1UL << 63)
#define MCI_STATUS_HAS_ADDR	(1UL << 58)

/* As many as have registers in a row at this place */
#define MAX_BANKS		32

void machine_check_explain(void)
{
	uint64_t status, addr;
	uint32_t i, banks;

	if (!(cpuid(1, 0).edx & CPUID1_EDX_MCA))
		return;
	core_error("machine check: status %lx",
		   (unsigned long)rdmsr(MSR_MCG_STATUS));
	banks = (uint32_t)rdmsr(MSR_MCG_CAP) & MCG_CAP_BANKS;
	for (i = 0; i < banks && i < MAX_BANKS; i++) {
		status = rdmsr(MSR_MC0_STATUS + i * BANK_REGISTERS);
		if (!(status & MCI_STATUS_VALID))
			continue;
		addr = 0;
		if (status & MCI_STATUS_HAS_ADDR)
			addr = rdmsr(MSR_MC0_ADDR + i * BANK_REGISTERS);
		core_error("machine check: bank %u, status %016lx, address 0x%lx",
			   i, (unsigned long)status, (unsigned long)addr);
	}
}
