/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which memory Unikraft is told of, on the host and with a list that takes
 * notes: what the allocator gets is of use to it, and nothing else is lost.
 */
#include "feeder.h"

#define __unused	__attribute__((unused))
#define CONFIG_UKPLAT_MEMREGION_MAX_COUNT	8

enum {
	UKPLAT_MEMRT_FREE = 1,
	UKPLAT_MEMRT_RESERVED = 2,
	UKPLAT_MEMRT_INITRD = 8,
	UKPLAT_MEMRT_DEVICE = 0x40,
};

enum {
	UKPLAT_MEMRF_READ = 1,
	UKPLAT_MEMRF_WRITE = 2,
};

struct ukplat_memregion_desc {
	uint64_t pbase, vbase, pg_off, len, pg_count;
	uint16_t type, flags;
};

struct ukplat_memregion_list {
	uint32_t capacity, count;
	struct ukplat_memregion_desc mrds[CONFIG_UKPLAT_MEMREGION_MAX_COUNT];
};

struct ukplat_bootinfo {
	char bootprotocol[16];
	struct ukplat_memregion_list mrds;
};

struct ukplat_bootinfo *ukplat_bootinfo_get(void);
int ukplat_memregion_list_insert(struct ukplat_memregion_list *list,
				 const struct ukplat_memregion_desc *mrd);
int _ukplat_mem_mappings_init(void);

#include <core/core-uk/core_memory.c>

static struct ukplat_bootinfo info = {
	.mrds.capacity = CONFIG_UKPLAT_MEMREGION_MAX_COUNT,
};

struct ukplat_bootinfo *ukplat_bootinfo_get(void)
{
	return &info;
}

int ukplat_memregion_list_insert(struct ukplat_memregion_list *list,
				 const struct ukplat_memregion_desc *mrd)
{
	must(list->count < list->capacity, "there is room");
	list->mrds[list->count++] = *mrd;
	return 0;
}

void core_crash(const char *fmt, ...)
{
	must(false, fmt);
	abort();
}

static unsigned int regions_at(uint64_t start, uint64_t len, uint16_t type)
{
	const struct ukplat_memregion_desc *mrd;
	unsigned int found = 0, i;

	for (i = 0; i < info.mrds.count; i++) {
		mrd = &info.mrds.mrds[i];
		found += mrd->pbase == start && mrd->vbase == start &&
			 mrd->len == len && mrd->type == type;
	}
	return found;
}

int main(void)
{
	/* QEMU's microvm leaves one page behind its ACPI tables. */
	static struct boot_info bi = {
		.protocol = "pvh",
		.mapped_end = 0x8003000,
		.map.count = 5,
		.map.range = {
			{ 0x100000, 0x7fe0000, MEMORY_RAM },
			{ 0x7fe0000, 0x7fff000, MEMORY_TABLES },
			{ 0x7fff000, 0x8000000, MEMORY_RAM },
			{ 0x8000000, 0x8001000, MEMORY_RESERVED },
			{ 0x8001000, 0x8003000, MEMORY_RAM },
		},
	};

	core_fill_bootinfo(&bi);
	must(regions_at(0x100000, 0x7ee0000, UKPLAT_MEMRT_FREE) == 1,
	     "memory is free");
	must(regions_at(0x8001000, 0x2000, UKPLAT_MEMRT_FREE) == 1,
	     "two pages are of use");
	must(!regions_at(0x7fff000, 0x1000, UKPLAT_MEMRT_FREE),
	     "a single page is not handed to the allocator");
	must(regions_at(0x7fe0000, 0x1f000, UKPLAT_MEMRT_RESERVED) == 1 &&
	     regions_at(0x8000000, 0x1000, UKPLAT_MEMRT_RESERVED) == 1,
	     "what is not free stays known");
	MUST(info.mrds.count == 4);
	return 0;
}
