/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Unikraft's page tables. Unikraft makes them from a list of regions without
 * holes, and maps all memory a second time at a fixed address: what the boot
 * tables forbid is forbidden there as well.
 */
#include <uk/plat/memory.h>

#include <plat/core.h>
#include <plat/core_pages.h>
#include <plat/core_uk.h>
#include <plat/image.h>
#include <plat/page_tables.h>

#define DIRECT_MAP	0xffffff8000000000UL

static bool have_direct_map;

#ifdef CORE_PAGING
static void prepare(void)
{
	static IN_PAGES uint64_t table[PAGE_TABLE_ENTRIES];

	if (page_tables_add_direct_map(table) < 0)
		core_crash(CORE_PAGING " needs a CPU with 1 GiB pages");
	have_direct_map = true;
}

/* Guard pages of stacks stay unmapped, text and constants unwritable. */
static void keep_rights(void)
{
	const uint64_t text = (uint64_t)_text;
	uint64_t page;
	int rc;

	for (page = page_tables_next_hole(PAGE_SIZE); page;
	     page = page_tables_next_hole(page + PAGE_SIZE)) {
		rc = core_pages_unmap(page);
		if (rc)
			core_crash("memory: the guard page at 0x%lx cannot be unmapped: %d",
				   (unsigned long)page, rc);
	}
	rc = core_pages_read_only(DIRECT_MAP + text,
				  ((uint64_t)_data - text) / PAGE_SIZE);
	if (rc)
		core_crash("memory: text in the direct map cannot be protected: %d",
			   rc);
}
#else
static void prepare(void)
{
}

static void keep_rights(void)
{
}
#endif /* CORE_PAGING */

void core_memory_init(void)
{
	int rc;

	prepare();
	rc = ukplat_mem_init();
	if (rc)
		core_crash("memory: ukplat_mem_init() failed with %d", rc);
	keep_rights();
}

void *core_phys(uint64_t paddr)
{
	return (void *)(have_direct_map ? DIRECT_MAP + paddr : paddr);
}
