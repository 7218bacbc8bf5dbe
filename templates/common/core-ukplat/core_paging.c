/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Page tables of the core's own, which need all memory at a fixed address.
 */
#include <uk/config.h>
#include <uk/plat/io.h>
#include <uk/plat/memory.h>
#if CONFIG_PAGING
#include <uk/plat/paging.h>
#endif /* CONFIG_PAGING */

#include <plat/core.h>
#include <plat/core_uk.h>
#include <plat/page_tables.h>

#define DIRECT_MAP	0xffffff8000000000UL

static bool have_direct_map;

void core_memory_init(void)
{
	int rc;

#if CONFIG_PAGING
	if (page_tables_add_direct_map() < 0)
		core_crash("CONFIG_PAGING needs a CPU with 1 GiB pages");
	have_direct_map = true;
#endif /* CONFIG_PAGING */
	rc = ukplat_mem_init();
	if (rc)
		core_crash("memory: ukplat_mem_init() failed with %d", rc);
}

void *core_phys(uint64_t paddr)
{
	return (void *)(have_direct_map ? DIRECT_MAP + paddr : paddr);
}

__paddr_t ukplat_virt_to_phys(const volatile void *address)
{
	const __vaddr_t vaddr = (__vaddr_t)address;
#if CONFIG_PAGING
	unsigned int level = PAGE_LEVEL;
	__pte_t pte;

	if (ukplat_pt_walk(ukplat_pt_get_active(), vaddr, &level, NULL, &pte) ||
	    !PT_Lx_PTE_PRESENT(pte, level))
		core_crash("memory: no physical address behind 0x%lx", vaddr);
	return PT_Lx_PTE_PADDR(pte, level) + vaddr % PAGE_Lx_SIZE(level);
#else
	return vaddr;
#endif /* CONFIG_PAGING */
}
