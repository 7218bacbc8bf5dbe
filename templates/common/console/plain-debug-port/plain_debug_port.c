/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An image that crashes where it was not meant to run says so where people
 * look: a letter that nobody takes does no harm.
 */
#include <plat/console.h>
#include <plat/pc_ports.h>
#include <plat/x86.h>

static bool plain_debug_port_init(void)
{
	return true;
}

static void plain_debug_port_putc(char c)
{
	outb(DEBUG_PORT, c);
}

const struct console plain_debug_port = {
	.name = "port 0xe9 as it is",
	.init = plain_debug_port_init,
	.putc = plain_debug_port_putc,
	.standard = true,
};
