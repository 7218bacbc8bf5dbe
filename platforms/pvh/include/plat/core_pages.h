/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk021/include/plat/core_pages.h. DO NOT EDIT. */
/*
 * Unikraft's calls for its page tables at this core level.
 */
#ifndef PLAT_CORE_PAGES_H
#define PLAT_CORE_PAGES_H

#include <uk/config.h>

#if CONFIG_LIBUKPAGING
#include <uk/paging.h>

#define CORE_PAGING	"CONFIG_LIBUKPAGING"

static inline int core_pages_unmap(__vaddr_t page)
{
	return uk_paging_page_unmap(uk_paging_pt_get_active(), page, 1,
				    UK_PAGING_PAGE_FLAG_KEEP_FRAMES);
}

static inline int core_pages_read_only(__vaddr_t page, unsigned long count)
{
	return uk_paging_page_set_attr(uk_paging_pt_get_active(), page, count,
				       UK_PAGING_PAGE_ATTR_PROT_READ, 0);
}

static inline unsigned long core_pages_phys(void *page)
{
	return uk_paging_virt_to_phys((__vaddr_t)page);
}
#else /* !CONFIG_LIBUKPAGING */
static inline unsigned long core_pages_phys(void *page)
{
	return (unsigned long)page;
}
#endif /* !CONFIG_LIBUKPAGING */

#endif /* PLAT_CORE_PAGES_H */
