/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The physical address of what a driver hands to a device.
 */
#include <uk/config.h>
#include <uk/plat/io.h>
#if CONFIG_PAGING
#include <uk/plat/paging.h>
#endif /* CONFIG_PAGING */

#include <plat/core.h>

#if CONFIG_PAGING
__paddr_t ukplat_virt_to_phys(const volatile void *address)
{
	const __vaddr_t vaddr = (__vaddr_t)address;
	unsigned int level = PAGE_LEVEL;
	__pte_t pte;

	if (ukplat_pt_walk(ukplat_pt_get_active(), vaddr, &level, NULL, &pte) ||
	    !PT_Lx_PTE_PRESENT(pte, level))
		core_crash("memory: no physical address behind 0x%lx", vaddr);
	return PT_Lx_PTE_PADDR(pte, level) + vaddr % PAGE_Lx_SIZE(level);
}
#else /* !CONFIG_PAGING */
__paddr_t ukplat_virt_to_phys(const volatile void *address)
{
	return (__paddr_t)address;
}
#endif /* !CONFIG_PAGING */
