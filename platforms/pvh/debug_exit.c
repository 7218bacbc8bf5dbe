/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/debug-exit/debug_exit.c. DO NOT EDIT. */
/*
 * A byte written to the port ends QEMU with status 2 * byte + 1. A clean end
 * has better ways, so only a crash goes here, as status 85.
 */
#include <plat/power.h>
#include <plat/x86.h>

#define DEBUG_EXIT_PORT		0x501
#define DEBUG_EXIT_CRASH	42

static void debug_exit_end(enum power_end how)
{
	if (how == POWER_CRASH)
		outb(DEBUG_EXIT_PORT, DEBUG_EXIT_CRASH);
}

const struct power_method debug_exit = {
	.name = "isa-debug-exit",
	.end = debug_exit_end,
};
