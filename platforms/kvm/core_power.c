/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core-uk021/core_power.c. DO NOT EDIT. */
/*
 * Power management as Unikraft asks for it.
 */
#include <errno.h>

#include <uk/boot/earlytab.h>
#include <uk/pm.h>
#include <uk/prio.h>

#include <plat/power.h>

static __isr int halt(void)
{
	power_end(POWER_OFF);
}

static __isr int restart(void)
{
	power_end(POWER_REBOOT);
}

static __isr int crash(void)
{
	power_end(POWER_CRASH);
}

static __isr int suspend(void)
{
	return -ENOTSUP;
}

static const struct uk_pm_ops pm_ops = {
	.syshalt = halt,
	.sysrestart = restart,
	.syssuspend = suspend,
	.syscrash = crash,
};

static int register_pm_ops(struct ukplat_bootinfo *bi __unused)
{
	return uk_pm_ops_register(&pm_ops);
}

UK_BOOT_EARLYTAB_ENTRY(register_pm_ops, UK_PRIO_EARLIEST);
