/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core-uk021/core.c. DO NOT EDIT. */
/*
 * The contract of plat/core.h on Unikraft: text, and the order of the hand-over.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <uk/boot.h>
#include <uk/lcpu.h>
#include <uk/print.h>
#if CONFIG_LIBUKINTCTLR
#include <uk/intctlr.h>
#endif /* CONFIG_LIBUKINTCTLR */

#include <plat/console.h>
#include <plat/core.h>
#include <plat/core_uk.h>
#include <plat/power.h>

void core_log(const char *fmt, ...)
{
	char line[256];
	va_list args;

	va_start(args, fmt);
	vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	uk_pr_info("%s\n", line);
}

void core_crash(const char *fmt, ...)
{
	static const char prefix[] = "platform: ";
	char line[256];
	va_list args;

	va_start(args, fmt);
	vsnprintf(line, sizeof(line) - 1, fmt, args);
	va_end(args);
	/* The core's consoles may not be up yet: go by ours. */
	console_write(prefix, sizeof(prefix) - 1);
	console_write(line, strlen(line));
	console_write("\n", 1);
	power_end(POWER_CRASH);
}

void core_enter(const struct boot_info *bi)
{
	struct ukplat_bootinfo *ubi = core_fill_bootinfo(bi);
	int rc __maybe_unused;

#if CONFIG_LIBUKACPI
	core_acpi_init(ubi, bi->rsdp);
#endif /* CONFIG_LIBUKACPI */
	uk_boot_early_init(ubi);
	core_consoles_up = true;
#if CONFIG_LIBUKINTCTLR
	rc = uk_intctlr_probe();
	if (rc)
		core_crash("interrupt controller: probing failed with %d", rc);
#endif /* CONFIG_LIBUKINTCTLR */
#if CONFIG_HAVE_SMP
	rc = uk_lcpu_mp_init(CONFIG_LIBUKLCPU_RUN_IRQ,
			     CONFIG_LIBUKLCPU_WAKEUP_IRQ);
	if (rc)
		uk_pr_err("Starting further CPUs failed with %d\n", rc);
#endif /* CONFIG_HAVE_SMP */
	core_memory_init();
#if CONFIG_HAVE_SYSCALL
	core_syscall_init();
#endif /* CONFIG_HAVE_SYSCALL */
	uk_boot_entry();
	core_crash("Unikraft returned from uk_boot_entry()");
}
