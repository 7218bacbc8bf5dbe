/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The order of the hand-over to Unikraft.
 */
#include <plat/core.h>
#include <plat/core_uk.h>
#include <plat/cpu.h>

struct boot_info *core_boot_info(void)
{
	static struct boot_info boot_info;

	return &boot_info;
}

void core_enter(const struct boot_info *bi)
{
	struct ukplat_bootinfo *ubi = core_fill_bootinfo(bi);

	core_early_init(ubi, bi);
	core_intctlr_init();
	core_smp_init();
	core_memory_init();
	core_syscall_init();
	cpu_check();
	core_start();
}
