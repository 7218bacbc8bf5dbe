/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/multiboot/include/plat/multiboot.h. DO NOT EDIT. */
/*
 * Source: Multiboot Specification 0.6.96, 3.1 (header), 3.3 (information).
 * All is packed, as loaders may put it at any address.
 */
#ifndef PLAT_MULTIBOOT_H
#define PLAT_MULTIBOOT_H

#define MULTIBOOT_HEADER_MAGIC	0x1badb002
#define MULTIBOOT_LOADER_MAGIC	0x2badb002

/* Header flags: page-aligned modules, memory information */
#define MULTIBOOT_HEADER_FLAGS	0x00000003

/* Bits of the information block's flags */
#define MULTIBOOT_HAS_MEMORY	(1 << 0)
#define MULTIBOOT_HAS_CMDLINE	(1 << 2)
#define MULTIBOOT_HAS_MODULES	(1 << 3)
#define MULTIBOOT_HAS_MMAP	(1 << 6)

#ifndef __ASSEMBLER__
#include <stddef.h>
#include <stdint.h>

struct multiboot_info {
	uint32_t flags;
	uint32_t mem_lower;		/* KiB from 0 */
	uint32_t mem_upper;		/* KiB from 1 MiB */
	uint32_t boot_device;
	uint32_t cmdline;
	uint32_t mods_count;
	uint32_t mods_addr;
	uint32_t syms[4];
	uint32_t mmap_length;		/* bytes */
	uint32_t mmap_addr;
} __attribute__((packed));

struct multiboot_module {
	uint32_t start;
	uint32_t end;			/* first byte behind it */
	uint32_t cmdline;
	uint32_t reserved;
} __attribute__((packed));

struct multiboot_mmap {
	uint32_t size;			/* of what follows it */
	uint64_t addr;
	uint64_t len;
	uint32_t type;
} __attribute__((packed));

_Static_assert(offsetof(struct multiboot_info, mmap_addr) == 48,
	       "multiboot information");
_Static_assert(sizeof(struct multiboot_mmap) == 24, "multiboot map entry");
#endif /* !__ASSEMBLER__ */

#endif /* PLAT_MULTIBOOT_H */
