/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The map of physical memory: ranges go in as a loader tells them, in any
 * order and overlapping; disjoint, sorted, page-granular regions come out.
 */
#ifndef PLAT_MEMORY_MAP_H
#define PLAT_MEMORY_MAP_H

#include <stdint.h>

/* Where ranges overlap, the later kind in this list holds. */
enum memory_kind {
	MEMORY_NONE,
	MEMORY_RAM,
	MEMORY_SPARE,		/* may become RAM later: not to be touched */
	MEMORY_TAKEN,		/* RAM that the platform keeps for itself */
	MEMORY_RESERVED,	/* in use by firmware or hypervisor */
	MEMORY_TABLES,		/* ACPI tables: to be read */
	MEMORY_DEVICE,		/* device registers */
	MEMORY_MODULE,		/* a boot module */
	MEMORY_IMAGE,		/* this image */
};

struct memory_range {
	uint64_t start;
	uint64_t end;		/* first byte behind it */
	enum memory_kind kind;
};

/* A PC has no RAM here, but video memory and firmware. */
#define LEGACY_HOLE_START	0xa0000
#define LEGACY_HOLE_END		0x100000

#define MEMORY_MAP_RANGES	512

struct memory_map {
	unsigned int count;
	unsigned int dropped;	/* ranges that found no room */
	struct memory_range range[MEMORY_MAP_RANGES];
	struct memory_range scratch[MEMORY_MAP_RANGES];	/* for resolving */
};

/**
 * Adds a range as the loader gave it. An empty one is ignored, one that runs
 * past the end of the address space is cut there. RAM shrinks to whole pages,
 * all other kinds grow to them.
 */
void memory_map_add(struct memory_map *map, uint64_t start, uint64_t size,
		    enum memory_kind kind);

/**
 * Makes the ranges disjoint and sorts them by address; neighbours of one kind
 * become one range. On return no byte has two kinds and each byte has the
 * highest kind of all ranges that covered it.
 */
void memory_map_resolve(struct memory_map *map);

/** First byte behind the highest RAM of a resolved map, 0 if it has none. */
uint64_t memory_map_ram_end(const struct memory_map *map);

/** How many bytes of RAM a resolved map has at and above `from`. */
uint64_t memory_map_ram_from(const struct memory_map *map, uint64_t from);

/**
 * Takes RAM out of a resolved map, from the end of the lowest range that is
 * large enough.
 * @param size	bytes, a multiple of the page size
 * @param below	no part of it lies at or above this
 * @return	the address, or 0 if there is no such range
 */
uint64_t memory_map_take(struct memory_map *map, uint64_t size, uint64_t below);

/** Turns an e820 or PVH memory type (1 RAM, 3 ACPI ...) into a kind. */
enum memory_kind memory_kind_of_e820(uint32_t type);

#endif /* PLAT_MEMORY_MAP_H */
