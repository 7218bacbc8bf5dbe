/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core-uk021/core_paging.c. DO NOT EDIT. */
/*
 * Page tables of the core's own, which need all memory at a fixed address.
 */
#include <uk/paging.h>
#include <uk/plat/memory.h>

#include <plat/core.h>
#include <plat/core_uk.h>
#include <plat/page_tables.h>

#define DIRECT_MAP	0xffffff8000000000UL

static bool have_direct_map;

void core_memory_init(void)
{
	int rc;

#if CONFIG_LIBUKPAGING
	if (page_tables_add_direct_map() < 0)
		core_crash("CONFIG_LIBUKPAGING needs a CPU with 1 GiB pages");
	have_direct_map = true;
#endif /* CONFIG_LIBUKPAGING */
	rc = ukplat_mem_init();
	if (rc)
		core_crash("memory: ukplat_mem_init() failed with %d", rc);
}

void *core_phys(uint64_t paddr)
{
	return (void *)(have_direct_map ? DIRECT_MAP + paddr : paddr);
}
