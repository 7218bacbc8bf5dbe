/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core-uk-early/core_early.c. DO NOT EDIT. */
/*
 * The core runs its early init table: command line, consoles, memory list.
 */
#include <uk/boot.h>

#include <plat/core.h>
#include <plat/core_uk.h>

void core_early_init(struct ukplat_bootinfo *ubi, const struct boot_info *bi)
{
	/* The core itself checks a length that is one too large. */
	if (bi->cmdline_len >= CONFIG_LIBUKBOOT_CMDLINE_MAX_LEN)
		core_crash("command line of %lu bytes does not fit CONFIG_LIBUKBOOT_CMDLINE_MAX_LEN (%d)",
			   (unsigned long)bi->cmdline_len,
			   CONFIG_LIBUKBOOT_CMDLINE_MAX_LEN);
	ubi->cmdline = (uint64_t)bi->cmdline;
	ubi->cmdline_len = bi->cmdline_len;
	uk_boot_early_init(ubi);
	core_consoles_up = true;
}

void core_start(void)
{
	uk_boot_entry();
	core_crash("Unikraft returned from uk_boot_entry()");
}
