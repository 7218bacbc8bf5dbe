/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/memory-hole/memory_hole.c. DO NOT EDIT. */
#include <plat/memory_hole.h>
#include <plat/page.h>

#define HOLE_ALIGN	0x200000UL

uint64_t memory_map_find_hole(const struct memory_map *map, uint64_t size)
{
	uint64_t at = 0, end;
	unsigned int i;

	for (i = 0; i < map->count; i++)
		if (map->range[i].kind == MEMORY_RAM &&
		    map->range[i].start < FOUR_GIB)
			at = map->range[i].end;
	for (i = 0; i <= map->count && at < FOUR_GIB; i++) {
		at = (at + HOLE_ALIGN - 1) & ~(HOLE_ALIGN - 1);
		end = i < map->count ? map->range[i].start : FOUR_GIB;
		if (end > FOUR_GIB)
			end = FOUR_GIB;
		if (end > at && end - at >= size)
			return at;
		if (i < map->count && map->range[i].end > at)
			at = map->range[i].end;
	}
	return 0;
}
