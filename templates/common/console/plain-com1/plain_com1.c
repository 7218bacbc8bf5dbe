/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An image that crashes where it was not meant to run says so where people
 * look. The port is taken as it is: nothing is set up, and where nobody is
 * behind it all reads give ones.
 */
#include <plat/console.h>
#include <plat/pc_ports.h>
#include <plat/x86.h>

#define PATIENCE	1000

static bool plain_com1_init(void)
{
	return true;
}

static void plain_com1_putc(char c)
{
	unsigned int turns = PATIENCE;

	while (!(inb(COM1_LSR) & LSR_THRE) && --turns)
		;
	outb(COM1_DATA, c);
}

const struct console plain_com1 = {
	.name = "COM1 as it is",
	.init = plain_com1_init,
	.putc = plain_com1_putc,
	.standard = true,
};
