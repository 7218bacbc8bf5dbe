/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/i8042/i8042.c. DO NOT EDIT. */
/*
 * The controller pulses the CPU's reset line. Firecracker has no other way to
 * end a guest, so every kind of end takes it.
 */
#include <plat/power.h>
#include <plat/x86.h>

#define I8042_COMMAND	0x64
#define PULSE_RESET	0xfe

static void i8042_end(enum power_end how)
{
	(void)how;
	outb(I8042_COMMAND, PULSE_RESET);
}

const struct power_method i8042 = {
	.name = "i8042",
	.end = i8042_end,
};
