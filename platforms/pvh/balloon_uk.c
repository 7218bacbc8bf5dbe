/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/balloon-uk/balloon_uk.c. DO NOT EDIT. */
/*
 * Pages come from Unikraft's default allocator and go back there. Memory that
 * it does not know lies in a region that is reserved, which Unikraft's page
 * tables map one to one as the boot tables do.
 */
#include <uk/alloc.h>

#include <plat/balloon_core.h>
#include <plat/core_pages.h>
#include <plat/page.h>

uint64_t balloon_core_free(void)
{
	const long pages = uk_alloc_pavailmem(uk_alloc_get_default());

	/* An allocator that does not know refuses when it has no more. */
	return pages < 0 ? UINT64_MAX / PAGE_SIZE : (uint64_t)pages;
}

bool balloon_core_take(struct balloon_run *run, unsigned int order)
{
	struct uk_alloc *a = uk_alloc_get_default();
	const long most = uk_alloc_pmaxalloc(a);

	while (order && most > 0 && 1L << order > most)
		order--;
	for (;; order--) {
		run->at = uk_palloc(a, 1UL << order);
		run->order = order;
		if (run->at || !order)
			return run->at;
	}
}

void balloon_core_give(const struct balloon_run *run)
{
	uk_pfree(uk_alloc_get_default(), run->at, 1UL << run->order);
}

bool balloon_core_add(uint64_t start, uint64_t pages)
{
	struct uk_alloc *a = uk_alloc_get_default();

	return a->addmem && !uk_alloc_addmem(a, (void *)start,
					     pages * PAGE_SIZE);
}

uint64_t balloon_core_frame(char *page, bool touch)
{
	/* Memory that is mapped on demand has no frame before it is touched. */
	if (touch)
		(void)*(volatile char *)page;
	return core_pages_phys(page) / PAGE_SIZE;
}
