/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/page-tables/include/plat/page_tables.h. DO NOT EDIT. */
/*
 * The identity map of physical memory. Source: Intel SDM volume 3, 4.5.
 */
#ifndef PLAT_PAGE_TABLES_H
#define PLAT_PAGE_TABLES_H

#include <stdint.h>

#include <plat/page.h>
#include <plat/start.h>

struct memory_map;

/**
 * Sets the final rights: text read and execute, read-only data read, all
 * else read and write; page 0 is not mapped. Nothing may be read from page 0
 * afterwards. RAM for page tables is taken out of a resolved map.
 */
void page_tables_protect(struct memory_map *map);

/** The first page from `addr` on that is not mapped, 0 if none below 4 GiB. */
uint64_t page_tables_next_hole(uint64_t addr);

/**
 * Gives pages for further tables; what is left of earlier ones is forgotten.
 * @param addr	of the first of `count` pages, mapped one to one
 */
void page_tables_give(uint64_t addr, uint64_t count);

/** Unmaps one page below 4 GiB, so that any use of it faults. */
void page_tables_unmap(uint64_t addr);

/**
 * Extends the identity map over RAM above 4 GiB, up to 512 GiB: by 1 GiB pages
 * or, where the CPU has none, by page directories that it takes out of
 * a resolved map.
 * @return	first byte behind the identity map
 */
uint64_t page_tables_extend(struct memory_map *map);

/**
 * Adds the map of the first 512 GiB at the top of the address space through
 * which a core with its own page tables reaches them. Needs 1 GiB pages.
 * @param table	a page for it
 * @return 0, or -1 if the CPU lacks them
 */
int page_tables_add_direct_map(uint64_t table[PAGE_TABLE_ENTRIES]);

#endif /* PLAT_PAGE_TABLES_H */
