/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef UK_BOOT_H
#define UK_BOOT_H

#include <uk/bits/config.h>
#include <uk/bits/made.h>

#if CONFIG_PLAT_SMALL && MADE_BY_SCRIPT
void uk_boot_entry(void);
#endif

#define UK_BOOT_ENTRY(fn)	void *uk_boot_##fn = (void *)fn

struct uk_boot {
	int version;
};

#endif /* UK_BOOT_H */
