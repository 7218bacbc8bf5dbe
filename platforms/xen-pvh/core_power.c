/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core-uk021/core_power.c. DO NOT EDIT. */
/*
 * Power management as Unikraft asks for it.
 */
#include <errno.h>

#include <uk/boot/earlytab.h>
#include <uk/isr/boot.h>
#include <uk/pm.h>
#include <uk/prio.h>

#include <plat/control.h>
#include <plat/core.h>
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

/* Without a thread of its own for main() the core has no other way to end. */
bool core_begin_end(enum power_end how)
{
	const enum uk_pm_shutdown_op op __maybe_unused =
		how == POWER_REBOOT ? UK_PM_SHUTDOWN_OP_SYSRESTART
				    : UK_PM_SHUTDOWN_OP_SYSHALT;
	const int rc = uk_boot_shutdown_req_isr(op);

	core_note_work();
	return rc >= 0;
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
