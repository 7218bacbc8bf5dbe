/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk021/core_halt.c. DO NOT EDIT. */
/*
 * How Unikraft halts its one CPU. Its native library cannot do it: an interrupt
 * has to know the address of the halt (plat/halt.h).
 */
#include <uk/boot/earlytab.h>
#include <uk/lcpu.h>
#include <uk/lcpu/pm.h>
#include <uk/prio.h>

#include <plat/halt.h>

static void halt_cpu(void)
{
	__asm__ __volatile__("hlt" : : : "memory");
}

static const struct uk_lcpu_pm_ops ops = {
	.halt = halt_cpu,
	.halt_irq = halt_until_irq,
};

static int register_halt_ops(struct ukplat_bootinfo *bi __unused)
{
	return uk_lcpu_pm_ops_register(&ops);
}

UK_BOOT_EARLYTAB_ENTRY(register_halt_ops, UK_PRIO_EARLIEST);
