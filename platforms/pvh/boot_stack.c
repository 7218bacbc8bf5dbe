/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/boot/boot_stack.c. DO NOT EDIT. */
/*
 * The image's stack suffices to read the loader's data. The core's stack has
 * the size that the core needs, and comes out of RAM.
 */
#include <plat/boot_stack.h>
#include <plat/core.h>
#include <plat/core_limits.h>
#include <plat/memory_map.h>
#include <plat/page_tables.h>

static uint64_t guard;

uint64_t boot_stack_take(struct memory_map *map)
{
	const uint64_t size = PAGE_SIZE + page_up(CORE_STACK_SIZE);

	guard = memory_map_take(map, size, FOUR_GIB);
	if (!guard)
		core_crash("memory: no RAM is free for a stack of %lu KiB",
			   (unsigned long)size / 1024);
	return guard + size;
}

void boot_stack_guard(void)
{
	page_tables_unmap(guard);
}

bool boot_stack_overflowed(uint64_t addr)
{
	return guard && page_down(addr) == guard;
}
