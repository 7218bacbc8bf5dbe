/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/page-tables/page_tables.c. DO NOT EDIT. */
/*
 * start.S maps the first 4 GiB in 2 MiB pages. Here those are split in which
 * rights change or a guard page lies: only the edges of text, read-only data
 * and data, and guard pages, need 4 KiB pages. The tables for that come out of
 * RAM.
 */
#include <plat/core.h>
#include <plat/image.h>
#include <plat/memory_map.h>
#include <plat/page_tables.h>
#include <plat/start.h>
#include <plat/x86.h>

#define ENTRIES		PAGE_TABLE_ENTRIES
#define LARGE_PAGE	((uint64_t)PAGE_SIZE_2M)
#define GIGA_PAGE	0x40000000UL
#define PTE_NX		(1UL << 63)
#define PTE_DATA	(PTE_PRESENT | PTE_WRITE | PTE_ACCESSED | PTE_DIRTY)
#define PTE_ADDR	0x000ffffffffff000UL

/* RAM for tables, none before page_tables_protect() */
static uint64_t (*pool_next)[ENTRIES];
static uint64_t pool_left;

/*
 * Replaces a large page by a table of small ones with the same rights. Needs no
 * flush: a TLB may hold either size until the rights of a page change, and both
 * say the same. INVLPG drops both. Source: Intel SDM volume 3, 4.10.2.3,
 * 4.10.4.1.
 */
static uint64_t *split(uint64_t *pde)
{
	uint64_t *table;
	uint64_t entry;
	unsigned int i;

	if (!(*pde & PTE_LARGE))
		return (uint64_t *)(*pde & PTE_ADDR);
	if (!pool_left)
		core_crash("page tables: the pool is empty");
	table = *pool_next++;
	pool_left--;
	entry = *pde & ~(uint64_t)PTE_LARGE;
	for (i = 0; i < ENTRIES; i++, entry += PAGE_SIZE)
		table[i] = entry;
	*pde = (uint64_t)table | PTE_PRESENT | PTE_WRITE;
	return table;
}

static void set_rights(uint64_t start, uint64_t end, uint64_t rights)
{
	uint64_t *pde, *table;

	while (start < end) {
		pde = &boot_pd[start / LARGE_PAGE];
		if ((*pde & PTE_LARGE) && !(start % LARGE_PAGE) &&
		    end - start >= LARGE_PAGE) {
			*pde = start | rights | PTE_LARGE;
			start += LARGE_PAGE;
			continue;
		}
		table = split(pde);
		do {
			table[start / PAGE_SIZE % ENTRIES] = start | rights;
			start += PAGE_SIZE;
		} while (start < end && start % LARGE_PAGE);
	}
}

uint64_t page_tables_next_hole(uint64_t addr)
{
	const uint64_t *table;
	uint64_t pde;

	while (addr < FOUR_GIB) {
		pde = boot_pd[addr / LARGE_PAGE];
		if (pde & PTE_LARGE) {
			addr = (addr / LARGE_PAGE + 1) * LARGE_PAGE;
			continue;
		}
		table = (const uint64_t *)(pde & PTE_ADDR);
		if (!(table[addr / PAGE_SIZE % ENTRIES] & PTE_PRESENT))
			return addr;
		addr += PAGE_SIZE;
	}
	return 0;
}

void page_tables_give(uint64_t addr, uint64_t count)
{
	pool_next = (uint64_t (*)[ENTRIES])addr;
	pool_left = count;
}

void page_tables_unmap(uint64_t addr)
{
	split(&boot_pd[addr / LARGE_PAGE])[addr / PAGE_SIZE % ENTRIES] = 0;
	__asm__ __volatile__("invlpg (%0)" : : "r"(addr) : "memory");
}

/*
 * One table for each large page that the image touches, since guard pages may
 * lie in all of them; one for page 0, and one for a guard page outside.
 */
static void take_tables(struct memory_map *map)
{
	const uint64_t first = (uint64_t)_text / LARGE_PAGE;
	const uint64_t count = ((uint64_t)_end - 1) / LARGE_PAGE - first + 3;
	const uint64_t at = memory_map_take(map, count * PAGE_SIZE, FOUR_GIB);

	if (!at)
		core_crash("memory: no RAM is free for %lu page tables",
			   (unsigned long)count);
	page_tables_give(at, count);
}

void page_tables_protect(struct memory_map *map)
{
	const uint64_t text = (uint64_t)_text, rodata = (uint64_t)_rodata;
	const uint64_t data = (uint64_t)_data, end = page_up((uint64_t)_end);
	const uint64_t ro = PTE_PRESENT | PTE_ACCESSED;

	take_tables(map);
	/* What shares large pages with the image, but is not part of it */
	set_rights(text & ~(LARGE_PAGE - 1), text, PTE_DATA | PTE_NX);
	set_rights(text, rodata, ro);
	set_rights(rodata, data, ro | PTE_NX);
	set_rights(data, (end + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1),
		   PTE_DATA | PTE_NX);
	page_tables_unmap(0);
	/* No page is global, so this drops all that was wider before. */
	write_cr3(read_cr3());
}

static bool have_giga_pages(void)
{
	return cpuid(0x80000001, 0).edx & CPUID_EXT_PDPE1GB;
}

static uint64_t extend_by_giga_pages(uint64_t addr, uint64_t end)
{
	for (; addr < end; addr += GIGA_PAGE)
		boot_pdpt[addr / GIGA_PAGE] =
			addr | PTE_DATA | PTE_LARGE | PTE_NX;
	return addr;
}

/* A page directory for each GiB, out of the RAM that is mapped by now */
static uint64_t extend_by_directories(struct memory_map *map, uint64_t addr,
				      uint64_t end)
{
	const uint64_t count = (end - addr + GIGA_PAGE - 1) / GIGA_PAGE;
	uint64_t *pde = (uint64_t *)memory_map_take(map, count * PAGE_SIZE,
						     FOUR_GIB);

	if (!pde)
		return addr;
	for (; addr < end; addr += LARGE_PAGE, pde++) {
		if (!(addr % GIGA_PAGE))
			boot_pdpt[addr / GIGA_PAGE] =
				(uint64_t)pde | PTE_PRESENT | PTE_WRITE;
		*pde = addr | PTE_DATA | PTE_LARGE | PTE_NX;
	}
	return addr;
}

uint64_t page_tables_extend(struct memory_map *map)
{
	uint64_t end = memory_map_ram_end(map);

	if (end > ENTRIES * GIGA_PAGE)
		end = ENTRIES * GIGA_PAGE;
	/* Whole GiB, so that no entry of a table is left as it was found. */
	end = (end + GIGA_PAGE - 1) & ~(GIGA_PAGE - 1);
	if (end <= FOUR_GIB)
		return FOUR_GIB;
	return have_giga_pages() ? extend_by_giga_pages(FOUR_GIB, end)
				 : extend_by_directories(map, FOUR_GIB, end);
}

int page_tables_add_direct_map(uint64_t table[PAGE_TABLE_ENTRIES])
{
	uint64_t i;

	if (!have_giga_pages())
		return -1;
	for (i = 0; i < ENTRIES; i++)
		table[i] = (i * GIGA_PAGE) | PTE_DATA | PTE_LARGE | PTE_NX;
	boot_pml4[ENTRIES - 1] = (uint64_t)table | PTE_PRESENT | PTE_WRITE;
	return 0;
}
