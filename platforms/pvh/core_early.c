/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk-early/core_early.c. DO NOT EDIT. */
/*
 * Unikraft runs its early init table: command line, consoles, memory list.
 */
#include <uk/boot.h>
#if CONFIG_LIBUKCONSOLE
#include <uk/console.h>
#endif /* CONFIG_LIBUKCONSOLE */

#include <plat/core.h>
#include <plat/core_uk.h>

/*
 * A user may leave out the log, which has one name up to 0.20 and another one
 * since, or all of Unikraft's consoles.
 */
#if CONFIG_LIBUKCONSOLE && \
	(CONFIG_LIBUKDEBUG_PRINTK || CONFIG_LIBUKPRINT_PRINTK)
static bool log_shows(void)
{
	return uk_console_count();
}
#else
static bool log_shows(void)
{
	return false;
}
#endif

void core_early_init(struct ukplat_bootinfo *ubi, const struct boot_info *bi)
{
	/* Unikraft's own check is off by one. */
	if (bi->cmdline_len >= CONFIG_LIBUKBOOT_CMDLINE_MAX_LEN)
		core_crash("command line of %lu bytes does not fit CONFIG_LIBUKBOOT_CMDLINE_MAX_LEN (%d)",
			   (unsigned long)bi->cmdline_len,
			   CONFIG_LIBUKBOOT_CMDLINE_MAX_LEN);
	ubi->cmdline = (uint64_t)bi->cmdline;
	ubi->cmdline_len = bi->cmdline_len;
	uk_boot_early_init(ubi);
	core_log_shows = log_shows();
}

void core_start(void)
{
	uk_boot_entry();
	core_crash("Unikraft returned from uk_boot_entry()");
}
