/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/balloon/balloon_spare.c. DO NOT EDIT. */
/*
 * Pages that the memory map shows and that were never there. Xen keeps entries
 * for them that it would fill when they are touched. As long as there are such
 * entries, Xen keeps pages that the guest gives back, to fill them: they become
 * holes before anything else is done.
 */
#include <plat/balloon.h>
#include <plat/boot.h>
#include <plat/core.h>

#define RANGES	8

static struct { uint64_t start, end; } range[RANGES];
static unsigned int count, disclaimed;
static uint64_t disclaimed_to;		/* in that range */

/* Populated, and not the core's yet */
static uint64_t fresh_start, fresh_end;

void balloon_spare_init(void)
{
	const struct memory_map *map = &core_boot_info()->map;
	unsigned int i;

	for (i = 0; i < map->count && count < RANGES; i++)
		if (map->range[i].kind == MEMORY_SPARE) {
			range[count].start = map->range[i].start;
			range[count++].end = map->range[i].end;
		}
}

uint64_t balloon_spare_pages(void)
{
	uint64_t pages = 0;
	unsigned int i;

	for (i = 0; i < count; i++)
		pages += (range[i].end - range[i].start) / PAGE_SIZE;
	return pages;
}

bool balloon_spare_disclaim(void)
{
	uint64_t from, left, took;

	if (disclaimed == count)
		return false;
	from = disclaimed_to ? disclaimed_to : range[disclaimed].start;
	left = (range[disclaimed].end - from) / PAGE_SIZE;
	took = left ? balloon_disclaim(from, left) : 0;
	disclaimed_to = from + took * PAGE_SIZE;
	if (!took) {
		if (left)
			core_error("memory: Xen keeps %lu pages for later",
				   (unsigned long)left);
		disclaimed++;
		disclaimed_to = 0;
	}
	return true;
}

bool balloon_spare_populate(uint64_t most)
{
	const uint64_t start = range[0].start;
	const uint64_t left = (range[0].end - start) / PAGE_SIZE;
	uint64_t pages = BALLOON_BATCH - start / PAGE_SIZE % BALLOON_BATCH;
	unsigned int i;

	if (pages > left)
		pages = left;
	if (pages > most)
		pages = most;
	if (start != fresh_end && !balloon_spare_hand_over())
		return false;
	if (!balloon_populate_at(start, pages))
		return false;
	if (start != fresh_end)
		fresh_start = start;
	fresh_end = start + pages * PAGE_SIZE;
	range[0].start = fresh_end;
	if (pages < left)
		return true;
	disclaimed = --count;
	for (i = 0; i < count; i++)
		range[i] = range[i + 1];
	return true;
}

bool balloon_spare_hand_over(void)
{
	const uint64_t pages = (fresh_end - fresh_start) / PAGE_SIZE;
	const uint64_t start = fresh_start;

	fresh_start = fresh_end;
	return !pages || balloon_core_add(start, pages);
}
