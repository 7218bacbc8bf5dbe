/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/hypercall/include/plat/xen_memory.h. DO NOT EDIT. */
/*
 * Memory operations. Source: Xen, public/memory.h and
 * public/arch-x86/xen.h (domain id of the caller).
 */
#ifndef PLAT_XEN_MEMORY_H
#define PLAT_XEN_MEMORY_H

#include <stddef.h>
#include <stdint.h>

#define DOMID_SELF			0x7ff0

#define XENMEM_DECREASE_RESERVATION	1
#define XENMEM_CURRENT_RESERVATION	3
#define XENMEM_POPULATE_PHYSMAP		6
#define XENMEM_ADD_TO_PHYSMAP		7
#define XENMEM_MEMORY_MAP		9
#define XENMEM_REMOVE_FROM_PHYSMAP	15

#define XENMAPSPACE_SHARED_INFO		0
#define XENMAPSPACE_GRANT_TABLE		1

struct xen_add_to_physmap {
	uint16_t domid;
	uint16_t size;
	uint32_t space;
	uint64_t idx;
	uint64_t gpfn;
};

struct xen_remove_from_physmap {
	uint16_t domid;
	uint64_t gpfn;
};

/* Extents are of 2^order pages; the list has the first frame of each. */
struct xen_memory_reservation {
	uint64_t extent_start;
	uint64_t nr_extents;
	uint32_t extent_order;
	uint32_t mem_flags;
	uint16_t domid;
};

struct xen_memory_map {
	uint32_t nr_entries;	/* in: room, out: used */
	uint64_t buffer;
};

struct xen_e820_entry {
	uint64_t addr;
	uint64_t size;
	uint32_t type;
} __attribute__((packed));

_Static_assert(sizeof(struct xen_add_to_physmap) == 24, "add_to_physmap");
_Static_assert(sizeof(struct xen_remove_from_physmap) == 16,
	       "remove_from_physmap");
_Static_assert(sizeof(struct xen_memory_reservation) == 32, "reservation");
_Static_assert(sizeof(struct xen_memory_map) == 16, "memory_map");
_Static_assert(sizeof(struct xen_e820_entry) == 20, "e820 entry");

#endif /* PLAT_XEN_MEMORY_H */
