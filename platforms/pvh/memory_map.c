/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/memory-map/memory_map.c. DO NOT EDIT. */
/*
 * Plain arithmetic on an array: no device, no allocation, no assumption about
 * the input. Maps have a dozen ranges, so the simple methods are the fast
 * ones; 512 ranges stay well below a millisecond.
 */
#include <stddef.h>

#include <plat/memory_map.h>
#include <plat/page.h>

void memory_map_add(struct memory_map *map, uint64_t start, uint64_t size,
		    enum memory_kind kind)
{
	uint64_t end = start + size;

	if (end < start)
		end = page_down(UINT64_MAX);
	if (kind == MEMORY_RAM) {
		start = start > page_down(UINT64_MAX) ? end : page_up(start);
		end = page_down(end);
	} else {
		start = page_down(start);
		end = end > page_down(UINT64_MAX) ? page_down(UINT64_MAX)
						  : page_up(end);
	}
	if (!size || kind == MEMORY_NONE || start >= end)
		return;
	if (map->count == MEMORY_MAP_RANGES) {
		map->dropped++;
		return;
	}
	map->range[map->count++] = (struct memory_range){ start, end, kind };
}

static void sort_by_start(struct memory_range *r, unsigned int count)
{
	struct memory_range key;
	unsigned int i, j;

	for (i = 1; i < count; i++) {
		key = r[i];
		for (j = i; j > 0 && r[j - 1].start > key.start; j--)
			r[j] = r[j - 1];
		r[j] = key;
	}
}

/* The next address above `at` where some range starts or ends */
static uint64_t next_border(const struct memory_range *r, unsigned int count,
			    uint64_t at)
{
	uint64_t border = UINT64_MAX;
	unsigned int i;

	for (i = 0; i < count && r[i].start < border; i++) {
		if (r[i].start > at)
			border = r[i].start;
		else if (r[i].end > at && r[i].end < border)
			border = r[i].end;
	}
	return border;
}

static enum memory_kind kind_at(const struct memory_range *r,
				unsigned int count, uint64_t at)
{
	enum memory_kind kind = MEMORY_NONE;
	unsigned int i;

	for (i = 0; i < count && r[i].start <= at; i++)
		if (r[i].end > at && r[i].kind > kind)
			kind = r[i].kind;
	return kind;
}

void memory_map_resolve(struct memory_map *map)
{
	struct memory_range *const in = map->scratch;
	const unsigned int count = map->count;
	struct memory_range *last = NULL;
	enum memory_kind kind;
	uint64_t at, border;
	unsigned int i;

	for (i = 0; i < count; i++)
		in[i] = map->range[i];
	sort_by_start(in, count);

	map->count = 0;
	for (at = count ? in[0].start : UINT64_MAX; at != UINT64_MAX;
	     at = border) {
		kind = kind_at(in, count, at);
		border = next_border(in, count, at);
		if (kind == MEMORY_NONE)
			continue;
		if (last && last->kind == kind && last->end == at) {
			last->end = border;
			continue;
		}
		/* A claim in the middle of RAM makes one range into three */
		if (map->count == MEMORY_MAP_RANGES) {
			map->dropped++;
			continue;
		}
		last = &map->range[map->count++];
		*last = (struct memory_range){ at, border, kind };
	}
}

uint64_t memory_map_ram_end(const struct memory_map *map)
{
	unsigned int i = map->count;

	while (i-- > 0)
		if (map->range[i].kind == MEMORY_RAM)
			return map->range[i].end;
	return 0;
}

uint64_t memory_map_ram_from(const struct memory_map *map, uint64_t from)
{
	const struct memory_range *r;
	uint64_t size = 0;
	unsigned int i;

	for (i = 0; i < map->count; i++) {
		r = &map->range[i];
		if (r->kind == MEMORY_RAM && r->end > from)
			size += r->end - (r->start > from ? r->start : from);
	}
	return size;
}

uint64_t memory_map_take(struct memory_map *map, uint64_t size, uint64_t below)
{
	const struct memory_range *r;
	unsigned int i;
	uint64_t end;

	if (map->count == MEMORY_MAP_RANGES)
		return 0;
	/* A map that claims too much RAM does so at its upper end. */
	for (i = 0; i < map->count; i++) {
		r = &map->range[i];
		end = r->end < below ? r->end : below;
		if (r->kind != MEMORY_RAM || r->start >= end ||
		    end - r->start < size)
			continue;
		memory_map_add(map, end - size, size, MEMORY_TAKEN);
		memory_map_resolve(map);
		return end - size;
	}
	return 0;
}

enum memory_kind memory_kind_of_e820(uint32_t type)
{
	switch (type) {
	case 0:
		return MEMORY_NONE;
	case 1:
		return MEMORY_RAM;
	case 3:
	case 4:
		return MEMORY_TABLES;
	default:
		return MEMORY_RESERVED;
	}
}
