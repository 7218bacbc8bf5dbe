/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What of the zero page a loader fills in.
 * Source: Linux, Documentation/arch/x86/zero-page.rst and boot.rst
 */
#ifndef PLAT_LINUX_BOOT_H
#define PLAT_LINUX_BOOT_H

#include <stddef.h>
#include <stdint.h>

#define LINUX_BOOT_MAGIC	0x53726448	/* "HdrS" */
#define LINUX_BOOT_E820_MAX	128

struct linux_e820_entry {
	uint64_t addr;
	uint64_t size;
	uint32_t type;
} __attribute__((packed));

struct linux_boot_params {
	uint8_t screen[0x070];
	uint64_t acpi_rsdp_addr;
	uint8_t unused_1[0x048];
	uint32_t ext_ramdisk_image;
	uint32_t ext_ramdisk_size;
	uint32_t ext_cmd_line_ptr;
	uint8_t unused_2[0x11c];
	uint8_t e820_entries;
	uint8_t unused_3[0x019];
	uint32_t header;
	uint8_t unused_4[0x012];
	uint32_t ramdisk_image;
	uint32_t ramdisk_size;
	uint8_t unused_5[0x008];
	uint32_t cmd_line_ptr;
	uint8_t unused_6[0x0a4];
	struct linux_e820_entry e820_table[LINUX_BOOT_E820_MAX];
} __attribute__((packed));

_Static_assert(offsetof(struct linux_boot_params, e820_table) == 0x2d0 &&
	       offsetof(struct linux_boot_params, cmd_line_ptr) == 0x228 &&
	       offsetof(struct linux_boot_params, header) == 0x202 &&
	       offsetof(struct linux_boot_params, e820_entries) == 0x1e8 &&
	       offsetof(struct linux_boot_params, ext_ramdisk_image) == 0x0c0,
	       "the zero page's layout");

#endif /* PLAT_LINUX_BOOT_H */
