/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef UK_BOOT_H
#define UK_BOOT_H

#include <uk/plat/common/bootinfo.h>

#define uk_boot_early_init(bi)	((void)(bi))
#define uk_boot_entry()		((void)0)

#endif /* UK_BOOT_H */
