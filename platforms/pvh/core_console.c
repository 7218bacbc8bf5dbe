/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk-early/core_console.c. DO NOT EDIT. */
/*
 * Gives Unikraft the consoles for which it has no driver. After release 0.21,
 * consoles have a class and a separate output for last words, which the flag
 * for the latter shows. This file is not compiled if a user selects Unikraft's
 * driver of Xen's ring, which needs the ring for itself. It is empty where
 * Unikraft has no consoles at all.
 */
#include <uk/config.h>
#if CONFIG_LIBUKCONSOLE
#include <uk/boot/earlytab.h>
#include <uk/console/driver.h>
#include <uk/prio.h>

#include <plat/console.h>

#ifdef UK_CONSOLE_FLAG_EMERG_STDOUT
#define CONSOLE_FLAGS	(UK_CONSOLE_FLAG_STDOUT | UK_CONSOLE_FLAG_STDIN | \
			 UK_CONSOLE_FLAG_EMERG_STDOUT)
#else
#define CONSOLE_FLAGS	(UK_CONSOLE_FLAG_STDOUT | UK_CONSOLE_FLAG_STDIN)
#endif /* UK_CONSOLE_FLAG_EMERG_STDOUT */

static __ssz console_out(struct uk_console *dev __unused, const char *buf,
			 __sz len)
{
	console_write(buf, len);
	return (__ssz)len;
}

static __ssz console_in(struct uk_console *dev __unused, char *buf, __sz len)
{
	return (__ssz)console_read(buf, len);
}

static const struct uk_console_ops ops = {
	.out = console_out,
	.in = console_in,
#ifdef UK_CONSOLE_FLAG_EMERG_STDOUT
	.emerg_out = console_out,
#endif /* UK_CONSOLE_FLAG_EMERG_STDOUT */
};

static struct uk_console dev = {
	.id = __U16_MAX,
	.name = "platform",
	.ops = &ops,
#ifdef UK_CONSOLE_FLAG_EMERG_STDOUT
	.dclass = UK_CONSOLE_CLASS_HVC,
#endif /* UK_CONSOLE_FLAG_EMERG_STDOUT */
	.flags = CONSOLE_FLAGS,
};

static int register_console(struct ukplat_bootinfo *bi __unused)
{
	if (!console_special())
		return 0;
	uk_console_register(&dev);
	return 0;
}

UK_BOOT_EARLYTAB_ENTRY(register_console, UK_PRIO_AFTER(UK_PRIO_EARLIEST));
#endif /* CONFIG_LIBUKCONSOLE */
