/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk/core_memory.c. DO NOT EDIT. */
/*
 * Memory in Unikraft's terms. Only disjoint, page-granular regions are
 * inserted: Unikraft's own merging of overlaps cuts free regions wrongly where
 * a resource ends within a page.
 */
#include <string.h>

#include <uk/plat/memory.h>

#include <plat/core.h>
#include <plat/core_uk.h>
#include <plat/page_tables.h>

#define READ_WRITE	(UKPLAT_MEMRF_READ | UKPLAT_MEMRF_WRITE)

/* Unikraft's allocator keeps its books in a region's first page. A region that
 * has no second one, as between tables and the end of memory, is an error in
 * its log and of no use.
 */
#define LEAST_FREE	(2 * PAGE_SIZE)

/* Without its page tables, Unikraft drops regions behind this range. */
struct ukplat_memregion_desc bpt_unmap_mrd = {
	.type = UKPLAT_MEMRT_FREE,
	.flags = READ_WRITE,
};

static void insert(struct ukplat_bootinfo *ubi, uint64_t start, uint64_t size,
		   uint16_t type, uint16_t flags)
{
	struct ukplat_memregion_desc mrd = {
		.pbase = page_down(start),
		.vbase = page_down(start),
		.pg_off = start - page_down(start),
		.len = size,
		.pg_count = (page_up(start + size) - page_down(start)) /
			    PAGE_SIZE,
		.type = type,
		.flags = flags,
	};
	int rc;

	rc = ukplat_memregion_list_insert(&ubi->mrds, &mrd);
	if (rc < 0)
		core_crash("memory: Unikraft takes %u regions at most",
			   ubi->mrds.capacity);
}

static void insert_range(struct ukplat_bootinfo *ubi,
			 const struct memory_range *r, uint64_t mapped_end)
{
	uint64_t end = r->end < mapped_end ? r->end : mapped_end;

	if (r->start >= end)
		return;
	switch (r->kind) {
	case MEMORY_RAM:
		if (end - r->start >= LEAST_FREE)
			insert(ubi, r->start, end - r->start, UKPLAT_MEMRT_FREE,
			       READ_WRITE);
		break;
	case MEMORY_RESERVED:
	case MEMORY_SPARE:
	case MEMORY_TAKEN:
		if (r->start)	/* page 0 stays unmapped */
			insert(ubi, r->start, end - r->start,
			       UKPLAT_MEMRT_RESERVED, READ_WRITE);
		break;
	case MEMORY_TABLES:
		insert(ubi, r->start, end - r->start, UKPLAT_MEMRT_RESERVED,
		       UKPLAT_MEMRF_READ);
		break;
	case MEMORY_DEVICE:
		insert(ubi, r->start, end - r->start, UKPLAT_MEMRT_DEVICE,
		       READ_WRITE);
		break;
	default:
		break;	/* image: known to Unikraft; modules: inserted above */
	}
}

struct ukplat_bootinfo *core_fill_bootinfo(const struct boot_info *bi)
{
	struct ukplat_bootinfo *ubi = ukplat_bootinfo_get();
	unsigned int i;

	if (!ubi)
		core_crash("the image has no boot information: its last build step is missing");
	/* The build counts in descriptors of an earlier, smaller size. */
	if (ubi->mrds.capacity > CONFIG_UKPLAT_MEMREGION_MAX_COUNT)
		ubi->mrds.capacity = CONFIG_UKPLAT_MEMREGION_MAX_COUNT;

	strncpy(ubi->bootprotocol, bi->protocol, sizeof(ubi->bootprotocol) - 1);
	for (i = 0; i < bi->modules; i++)
		insert(ubi, bi->module[i].start, bi->module[i].size,
		       UKPLAT_MEMRT_INITRD, UKPLAT_MEMRF_READ);
	for (i = 0; i < bi->map.count; i++)
		insert_range(ubi, &bi->map.range[i], bi->mapped_end);
	bpt_unmap_mrd.len = bi->mapped_end;
	bpt_unmap_mrd.pg_count = bi->mapped_end / PAGE_SIZE;
	return ubi;
}

/* Called by Unikraft once there is an allocator; nothing is left to map */
int _ukplat_mem_mappings_init(void)
{
	return 0;
}
