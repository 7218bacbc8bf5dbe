/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/console/plain-com1/plain_com1.c. DO NOT EDIT. */
/*
 * An image that crashes where it was not meant to run says so where people
 * look. The port is taken as it is: nothing is set up, and where nobody is
 * behind it all reads give ones. Source: National Semiconductor, PC16550D data
 * sheet
 */
#include <plat/console.h>
#include <plat/x86.h>

#define UART_DATA	0x3f8
#define UART_LSR	(UART_DATA + 5)
#define LSR_THRE	0x20
#define PATIENCE	1000

static bool plain_com1_init(void)
{
	return true;
}

static void plain_com1_putc(char c)
{
	unsigned int turns = PATIENCE;

	while (!(inb(UART_LSR) & LSR_THRE) && --turns)
		;
	outb(UART_DATA, c);
}

const struct console plain_com1 = {
	.name = "COM1 as it is",
	.init = plain_com1_init,
	.putc = plain_com1_putc,
	.standard = true,
};
