/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Unikraft's calls for its page tables at these core levels.
 */
#ifndef PLAT_CORE_PAGES_H
#define PLAT_CORE_PAGES_H

#include <uk/config.h>
#include <uk/plat/io.h>

static inline unsigned long core_pages_phys(void *page)
{
	return ukplat_virt_to_phys(page);
}

#if CONFIG_PAGING
#include <uk/plat/paging.h>

#define CORE_PAGING	"CONFIG_PAGING"

static inline int core_pages_unmap(__vaddr_t page)
{
	return ukplat_page_unmap(ukplat_pt_get_active(), page, 1,
				 PAGE_FLAG_KEEP_FRAMES);
}

static inline int core_pages_read_only(__vaddr_t page, unsigned long count)
{
	return ukplat_page_set_attr(ukplat_pt_get_active(), page, count,
				    PAGE_ATTR_PROT_READ, 0);
}
#endif /* CONFIG_PAGING */

#endif /* PLAT_CORE_PAGES_H */
