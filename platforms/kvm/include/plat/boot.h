/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/boot/include/plat/boot.h. DO NOT EDIT. */
/*
 * What a boot protocol tells the platform. The protocol's C entry calls
 * boot_begin(), fills boot_info by the boot_set_ and boot_add_ calls, and ends
 * with boot_finish().
 */
#ifndef PLAT_BOOT_H
#define PLAT_BOOT_H

#include <stddef.h>
#include <stdint.h>

#include <plat/memory_map.h>

#define BOOT_CMDLINE_SIZE	8192
#define BOOT_MODULES		16

struct boot_module {
	uint64_t start;		/* physical address of the first byte */
	uint64_t size;		/* bytes, not rounded */
};

struct boot_info {
	const char *protocol;
	uint64_t rsdp;		/* physical address, 0 if unknown */
	size_t cmdline_len;	/* without the terminator */
	char cmdline[BOOT_CMDLINE_SIZE];
	unsigned int modules;
	struct boot_module module[BOOT_MODULES];
	unsigned int modules_left_out;
	struct memory_map map;
	uint64_t mapped_end;	/* first byte behind the identity map */
};

/** Brings up exceptions, console and hypervisor; `protocol` is a static name */
struct boot_info *boot_begin(const char *protocol);

/**
 * A pointer to what a loader put at `paddr`. Stops the guest if that lies
 * beyond what is mapped, or is longer than any table; `what` is its name.
 */
const void *boot_item(const struct boot_info *bi, uint64_t paddr,
		      uint64_t size, const char *what);

/** Copies a command line; stops the guest if it is longer than there is room */
void boot_set_cmdline(struct boot_info *bi, const char *cmdline);

/** Notes a module and reserves its pages. Empty ones are left out. */
void boot_add_module(struct boot_info *bi, uint64_t start, uint64_t size);

/** Reserves the image, orders memory, protects pages, enters the core. */
_Noreturn void boot_finish(struct boot_info *bi);

/** Physical address of the ACPI root pointer, or 0 if the loader gave none. */
extern uint64_t boot_rsdp;

#endif /* PLAT_BOOT_H */
