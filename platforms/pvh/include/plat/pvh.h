/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/pvh/include/plat/pvh.h. DO NOT EDIT. */
/*
 * The PVH boot block. Source: Xen, public/arch-x86/hvm/start_info.h and
 * docs/misc/pvh.pandoc. A zero address means that the item is absent.
 * All is packed, as loaders may put it at any address.
 */
#ifndef PLAT_PVH_H
#define PLAT_PVH_H

#include <stddef.h>
#include <stdint.h>

#define HVM_START_MAGIC		0x336ec578

struct hvm_start_info {
	uint32_t magic;
	uint32_t version;
	uint32_t flags;
	uint32_t nr_modules;
	uint64_t modlist_paddr;
	uint64_t cmdline_paddr;
	uint64_t rsdp_paddr;
	/* From version 1 on */
	uint64_t memmap_paddr;
	uint32_t memmap_entries;
	uint32_t reserved;
} __attribute__((packed));

struct hvm_modlist_entry {
	uint64_t paddr;
	uint64_t size;
	uint64_t cmdline_paddr;
	uint64_t reserved;
} __attribute__((packed));

struct hvm_memmap_entry {
	uint64_t addr;
	uint64_t size;
	uint32_t type;
	uint32_t reserved;
} __attribute__((packed));

_Static_assert(sizeof(struct hvm_start_info) == 56, "start_info size");
_Static_assert(offsetof(struct hvm_start_info, memmap_paddr) == 40,
	       "start_info memmap");
_Static_assert(sizeof(struct hvm_modlist_entry) == 32, "module size");
_Static_assert(sizeof(struct hvm_memmap_entry) == 24, "memmap size");

#endif /* PLAT_PVH_H */
