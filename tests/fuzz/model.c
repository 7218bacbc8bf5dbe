/* SPDX-License-Identifier: BSD-3-Clause */
#include "feeder.h"
#include "model.h"

#define PAGE		4096UL
#define FOUR_GIB	0x100000000UL
#define TOP		(~(PAGE - 1))

static void claim(struct model *m, uint64_t start, uint64_t size,
		  enum memory_kind kind)
{
	MUST(m->claims < sizeof(m->claim) / sizeof(m->claim[0]));
	m->claim[m->claims++] = (struct model_range){ start, size, kind };
}

void model_claims(struct model *m, uint64_t image, uint64_t image_end)
{
	claim(m, image, image_end - image, MEMORY_IMAGE);
	claim(m, 0, PAGE, MEMORY_RESERVED);
	claim(m, 0xa0000, 0x60000, MEMORY_RESERVED);
	claim(m, 0xfee00000, PAGE, MEMORY_DEVICE);
}

void model_module(struct model *m, uint64_t start, uint64_t size)
{
	/* The platform takes sixteen, and says so of all further ones. */
	if (!size || m->modules == BOOT_MODULES)
		return;
	m->modules++;
	claim(m, start, size, MEMORY_MODULE);
}

void model_tell(struct model *m, uint64_t start, uint64_t size,
		enum memory_kind kind)
{
	MUST(m->told < MODEL_RANGES);
	m->tell[m->told++] = (struct model_range){ start, size, kind };
}

/* Whether the page at `at` is covered; RAM covers whole pages only */
static bool covers(const struct model_range *r, uint64_t at)
{
	const uint64_t page_end = at + (PAGE - 1);
	uint64_t last = r->start + r->size - 1;

	if (!r->size || r->kind == MEMORY_NONE || at >= TOP)
		return false;
	if (last < r->start)
		last = UINT64_MAX;
	if (r->kind == MEMORY_RAM)
		return r->start <= at && last >= page_end;
	return r->start <= page_end && last >= at;
}

static enum memory_kind kind_by_rules(const struct model *m, uint64_t at)
{
	enum memory_kind kind = MEMORY_NONE;
	unsigned int i;

	for (i = 0; i < m->claims; i++)
		if (covers(&m->claim[i], at) && m->claim[i].kind > kind)
			kind = m->claim[i].kind;
	for (i = 0; i < m->told; i++)
		if (covers(&m->tell[i], at) && m->tell[i].kind > kind)
			kind = m->tell[i].kind;
	return kind;
}

static enum memory_kind kind_in_map(const struct memory_map *map, uint64_t at)
{
	unsigned int i;

	for (i = 0; i < map->count; i++)
		if (map->range[i].start <= at && at < map->range[i].end)
			return map->range[i].kind;
	return MEMORY_NONE;
}

static void check_order(const struct memory_map *map)
{
	const struct memory_range *r = map->range;
	unsigned int i;

	MUST(map->count > 0 && map->count <= MEMORY_MAP_RANGES);
	MUST(!map->dropped);
	for (i = 0; i < map->count; i++) {
		MUST(r[i].start < r[i].end);
		MUST(r[i].start % PAGE == 0 && r[i].end % PAGE == 0);
		MUST(r[i].kind > MEMORY_NONE && r[i].kind <= MEMORY_IMAGE);
		MUST(!i || r[i - 1].end <= r[i].start);
		MUST(!i || r[i - 1].end < r[i].start ||
		     r[i - 1].kind != r[i].kind);
	}
}

/* The pages around an edge, which need not be a page's edge itself */
static void check_around(const struct model *m, const struct memory_map *map,
			 uint64_t edge)
{
	uint64_t at = (edge & TOP) - 2 * PAGE;
	unsigned int i;

	for (i = 0; i < 5; i++, at += PAGE)
		MUST(kind_in_map(map, at) == kind_by_rules(m, at));
}

static void check_kinds(const struct model *m, const struct memory_map *map)
{
	unsigned int i;

	for (i = 0; i < m->claims; i++) {
		check_around(m, map, m->claim[i].start);
		check_around(m, map, m->claim[i].start + m->claim[i].size);
	}
	for (i = 0; i < m->told; i++) {
		check_around(m, map, m->tell[i].start);
		check_around(m, map, m->tell[i].start + m->tell[i].size);
	}
	for (i = 0; i < map->count; i++) {
		check_around(m, map, map->range[i].start);
		check_around(m, map, map->range[i].end);
	}
}

static void check_modules(const struct boot_info *bi)
{
	const struct boot_module *a, *b;

	MUST(bi->modules <= BOOT_MODULES);
	for (a = bi->module; a < bi->module + bi->modules; a++) {
		MUST(a->size && a->start >= PAGE);
		MUST(a->start < FOUR_GIB && a->size <= FOUR_GIB - a->start);
		MUST(kind_in_map(&bi->map, a->start) == MEMORY_MODULE);
		MUST(kind_in_map(&bi->map, a->start + a->size - 1) ==
		     MEMORY_MODULE);
		for (b = bi->module; b < a; b++)
			MUST((b->start + b->size - 1) / PAGE < a->start / PAGE ||
			     (a->start + a->size - 1) / PAGE <
				     b->start / PAGE);
	}
}

void model_check(const struct model *m, const struct boot_info *bi)
{
	MUST(bi->cmdline_len < BOOT_CMDLINE_SIZE);
	MUST(!bi->cmdline[bi->cmdline_len]);
	check_order(&bi->map);
	check_modules(bi);
	if (m->lied)
		return;
	MUST(bi->cmdline_len == m->cmdline_len);
	MUST(bi->modules == m->modules);
	check_kinds(m, &bi->map);
}

void model_check_lost(const struct memory_map *map, uint64_t end,
		      unsigned int lines)
{
	unsigned int i, lost = 0;

	for (i = 0; i < map->count; i++)
		lost += map->range[i].kind == MEMORY_RAM &&
			map->range[i].end > end;
	MUST(lines == !!lost);
}

void model_check_hole(const struct memory_map *map, uint64_t at, uint64_t size)
{
	unsigned int i;

	if (!at)
		return;
	MUST(at % 0x200000 == 0 && at + size <= FOUR_GIB);
	for (i = 0; i < map->count; i++) {
		MUST(map->range[i].end <= at || map->range[i].start >= at + size);
		MUST(map->range[i].kind != MEMORY_RAM ||
		     map->range[i].start >= FOUR_GIB ||
		     map->range[i].start < at);
	}
}

void model_check_taken(const struct memory_map *before,
		       const struct memory_map *after, uint64_t at,
		       uint64_t size, uint64_t below)
{
	const struct memory_range *r = before->range;
	uint64_t page;

	MUST(at % PAGE == 0 && (!at || at + size <= below));
	for (page = at; at && page < at + size; page += PAGE) {
		MUST(kind_in_map(before, page) == MEMORY_RAM);
		MUST(kind_in_map(after, page) == MEMORY_TAKEN);
	}
	/* Nothing else has changed, as far as ranges began there before. */
	for (; r < before->range + before->count; r++)
		if (!at || r->start < at || r->start >= at + size)
			MUST(kind_in_map(after, r->start) == r->kind);
}
