/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * There is no early init table yet: the platform puts the memory list in order
 * and passes the command line, which Unikraft splits in place.
 */
#include <string.h>

#include <uk/plat/bootstrap.h>

#include <plat/core.h>
#include <plat/core_uk.h>

/* A user may leave the log out. */
#if CONFIG_LIBUKDEBUG_PRINTK
#define LOG_IS_BUILT	true
#else
#define LOG_IS_BUILT	false
#endif /* CONFIG_LIBUKDEBUG_PRINTK */

static char cmdline[BOOT_CMDLINE_SIZE] = CONFIG_UK_NAME;

void core_early_init(struct ukplat_bootinfo *ubi, const struct boot_info *bi)
{
	core_log_shows = LOG_IS_BUILT;
	if (bi->cmdline_len)
		memcpy(cmdline, bi->cmdline, bi->cmdline_len + 1);
	ukplat_memregion_list_coalesce(&ubi->mrds);
	ukplat_bootinfo_print();
}

void core_start(void)
{
	ukplat_entry_argp(NULL, cmdline, strlen(cmdline));
}
