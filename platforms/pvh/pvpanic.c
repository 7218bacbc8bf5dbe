/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/pvpanic/pvpanic.c. DO NOT EDIT. */
/*
 * Source: QEMU, docs/specs/pvpanic. Reading tells the events the host takes.
 */
#include <plat/power.h>
#include <plat/x86.h>

#define PVPANIC_PORT		0x505
#define PVPANIC_PANICKED	0x01
#define NOBODY_THERE		0xff

static void pvpanic_end(enum power_end how)
{
	uint8_t events;

	if (how != POWER_CRASH)
		return;
	events = inb(PVPANIC_PORT);
	if (events != NOBODY_THERE && (events & PVPANIC_PANICKED))
		outb(PVPANIC_PORT, PVPANIC_PANICKED);
}

const struct power_method pvpanic = {
	.name = "pvpanic",
	.end = pvpanic_end,
};
