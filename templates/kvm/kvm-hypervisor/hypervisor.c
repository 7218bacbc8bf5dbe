/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Machines without hypervisor calls: all they have to say is in the boot
 * protocol's block, in tables and in devices.
 */
#include <plat/hypervisor.h>

void hypervisor_init(void)
{
}

int hypervisor_memory_map(struct memory_map *map)
{
	(void)map;
	return -1;
}

void hypervisor_map(struct memory_map *map)
{
	(void)map;
}

void hypervisor_yield(void)
{
	/* A host that shares its processors sees a loop of these. */
	__builtin_ia32_pause();
}
