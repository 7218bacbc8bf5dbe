/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core-uk/core_paging.c. DO NOT EDIT. */
/*
 * Page tables of the core's own. They need all memory at a fixed address, and
 * are made from a list of regions that knows of no holes: what the boot tables
 * keep unmapped within the image, the guard pages of stacks, is unmapped there
 * as well.
 */
#include <uk/plat/memory.h>

#include <plat/core.h>
#include <plat/core_pages.h>
#include <plat/core_uk.h>
#include <plat/page_tables.h>

#define DIRECT_MAP	0xffffff8000000000UL

static bool have_direct_map;

#ifdef CORE_PAGING
extern const char _data[], _end[];

static void prepare(void)
{
	if (page_tables_add_direct_map() < 0)
		core_crash(CORE_PAGING " needs a CPU with 1 GiB pages");
	have_direct_map = true;
}

static void keep_guards(void)
{
	uint64_t page;
	int rc;

	for (page = (uint64_t)_data; page < (uint64_t)_end; page += PAGE_SIZE) {
		rc = page_tables_maps(page) ? 0 : core_pages_unmap(page);
		if (rc)
			core_crash("memory: the guard page at 0x%lx cannot be unmapped: %d",
				   (unsigned long)page, rc);
	}
}
#else
static void prepare(void)
{
}

static void keep_guards(void)
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
	keep_guards();
}

void *core_phys(uint64_t paddr)
{
	return (void *)(have_direct_map ? DIRECT_MAP + paddr : paddr);
}
