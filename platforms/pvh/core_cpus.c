/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk/core_cpus.c. DO NOT EDIT. */
/*
 * Unikraft configured for one CPU: no other one is searched for.
 */
#include <plat/core.h>

unsigned int core_cpu(void)
{
	return 0;
}

size_t core_cpu_memory(void)
{
	return 0;
}

void core_cpu_prepare(unsigned int cpu, uint64_t memory)
{
	core_crash("CPU %u, at 0x%lx, is one too many", cpu,
		   (unsigned long)memory);
}

void core_cpu_init(unsigned int cpu)
{
	core_crash("CPU %u is one too many", cpu);
}

void core_cpu_run(unsigned int cpu)
{
	core_crash("CPU %u is one too many", cpu);
}
