/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef UK_PLAT_COMMON_BOOTINFO_H
#define UK_PLAT_COMMON_BOOTINFO_H

#include <stdint.h>

struct ukplat_bootinfo {
	uint64_t cmdline;
	uint64_t cmdline_len;
	int mrds;
};

#define ukplat_memregion_list_coalesce(list)	((void)(list))
#define ukplat_bootinfo_print()			((void)0)

#endif /* UK_PLAT_COMMON_BOOTINFO_H */
