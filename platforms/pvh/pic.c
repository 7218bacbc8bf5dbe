/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/pic/pic.c. DO NOT EDIT. */
/*
 * Firmware leaves its timer running and the controllers at vectors 8 and up,
 * where an interrupt looks like a double fault. Every device is shut out, but
 * the second controller's way through the first stays open: a driver opens the
 * line of its device and nothing else. Where another controller serves devices,
 * that way is shut as well. Source: Intel 8259A data sheet.
 */
#include <stdbool.h>

#include <plat/interrupts.h>
#include <plat/x86.h>

#define PIC1_DATA	0x21
#define PIC2_DATA	0xa1
#define MASK_ALL	0xff
#define CASCADE		(1U << 2)	/* the second one's line to the first */

uint32_t boot_cpu_lint0 = LINT0_EXTINT;

static void pic_init(void)
{
	const bool wanted = boot_cpu_lint0 == LINT0_EXTINT;

	outb(PIC1_DATA, wanted ? MASK_ALL & ~CASCADE : MASK_ALL);
	outb(PIC2_DATA, MASK_ALL);
}

const struct interrupt_controller pic = {
	.name = "8259",
	.init = pic_init,
};
