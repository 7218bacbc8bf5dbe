/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The order of the hand-over to Unikraft.
 */
#include <uk/config.h>
#if CONFIG_LIBUKINTCTLR
#include <uk/intctlr.h>
#endif /* CONFIG_LIBUKINTCTLR */

#include <plat/core.h>
#include <plat/core_uk.h>
#include <plat/cpu.h>

void core_enter(const struct boot_info *bi)
{
	struct ukplat_bootinfo *ubi = core_fill_bootinfo(bi);
	int rc __maybe_unused;

#if CONFIG_LIBUKACPI
	core_acpi_init(ubi, bi->rsdp);
#endif /* CONFIG_LIBUKACPI */
#if CONFIG_HAVE_SMP
	core_smp_name_boot_cpu();
#endif /* CONFIG_HAVE_SMP */
	core_early_init(ubi, bi);
#if CONFIG_LIBUKINTCTLR
	rc = uk_intctlr_probe();
	if (rc)
		core_crash("interrupt controller: probing failed with %d", rc);
#endif /* CONFIG_LIBUKINTCTLR */
#if CONFIG_HAVE_SMP
	core_smp_init();
#endif /* CONFIG_HAVE_SMP */
	core_memory_init();
#if CONFIG_HAVE_SYSCALL
	core_syscall_init();
#endif /* CONFIG_HAVE_SYSCALL */
	cpu_check();
	core_start();
}
