/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk021/core.c. DO NOT EDIT. */
/*
 * The order of the hand-over to Unikraft.
 */
#include <plat/core.h>
#include <plat/core_uk.h>
#include <plat/cpu.h>

void core_enter(const struct boot_info *bi)
{
	struct ukplat_bootinfo *ubi = core_fill_bootinfo(bi);

	core_acpi_init(ubi, bi->rsdp);
	core_smp_name_boot_cpu();
	core_early_init(ubi, bi);
	core_intctlr_init();
	core_smp_init();
	core_memory_init();
	core_syscall_init();
	cpu_check();
	core_start();
}
