/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/memory-hole/include/plat/memory_hole.h. DO NOT EDIT. */
/*
 * Addresses where nothing is, for pages that a hypervisor puts into the guest.
 */
#ifndef PLAT_MEMORY_HOLE_H
#define PLAT_MEMORY_HOLE_H

#include <plat/memory_map.h>

/**
 * Finds addresses below 4 GiB that a resolved map says nothing about.
 * @param size	bytes, a multiple of the page size
 * @return	the address, a multiple of 2 MiB, above all RAM below 4 GiB;
 *		0 if there is no such hole
 */
uint64_t memory_map_find_hole(const struct memory_map *map, uint64_t size);

#endif /* PLAT_MEMORY_HOLE_H */
