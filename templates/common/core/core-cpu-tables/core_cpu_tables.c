/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A core that leaves GDT, TSS and IDT to the platform leaves those of further
 * CPUs, too.
 */
#include <plat/core.h>
#include <plat/traps.h>

unsigned int core_cpu(void)
{
	return traps_cpu();
}

size_t core_cpu_memory(void)
{
	return descriptors_size();
}

void core_cpu_prepare(unsigned int cpu, uint64_t memory)
{
	descriptors_prepare(cpu, memory);
}

void core_cpu_init(unsigned int cpu)
{
	descriptors_load(cpu);
}
