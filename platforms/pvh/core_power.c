/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk021/core_power.c. DO NOT EDIT. */
/*
 * Power management as Unikraft asks for it.
 */
#include <errno.h>

#include <uk/boot/earlytab.h>
#include <uk/pm.h>
#include <uk/prio.h>

#include <plat/control.h>
#include <plat/core.h>
#include <plat/power.h>

static __isr int pm_halt(void)
{
	power_end(POWER_OFF);
}

static __isr int pm_restart(void)
{
	power_end(POWER_REBOOT);
}

static __isr int pm_crash(void)
{
	power_end(POWER_CRASH);
}

static __isr int pm_suspend(void)
{
	return -ENOTSUP;
}

#if CONFIG_LIBUKBOOT_SHUTDOWNREQ_HANDLER
bool core_begin_end(enum power_end how)
{
	uk_pm_raise_shutdown_event(how == POWER_REBOOT ?
				   UK_PM_SHUTDOWN_OP_SYSRESTART :
				   UK_PM_SHUTDOWN_OP_SYSHALT);
	core_note_work();
	return true;
}
#else /* !CONFIG_LIBUKBOOT_SHUTDOWNREQ_HANDLER */
bool core_begin_end(enum power_end how __unused)
{
	return false;
}
#endif /* !CONFIG_LIBUKBOOT_SHUTDOWNREQ_HANDLER */

static const struct uk_pm_ops pm_ops = {
	.syshalt = pm_halt,
	.sysrestart = pm_restart,
	.syssuspend = pm_suspend,
	.syscrash = pm_crash,
};

static int register_pm_ops(struct ukplat_bootinfo *bi __unused)
{
	return uk_pm_ops_register(&pm_ops);
}

UK_BOOT_EARLYTAB_ENTRY(register_pm_ops, UK_PRIO_EARLIEST);
