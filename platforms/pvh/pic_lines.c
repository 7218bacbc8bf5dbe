/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/device-irqs/pic_lines.c. DO NOT EDIT. */
/*
 * The lines of the two 8259s, on a machine without an IOAPIC.
 * Source: Intel 8259A data sheet.
 */
#include <stdbool.h>
#include <stdint.h>

#include <plat/lock.h>
#include <plat/pic_lines.h>
#include <plat/x86.h>

#define PIC1		0x20
#define PIC2		0xa0
#define DATA		1

#define ICW1		0x11	/* four words follow; edges */
#define ICW3_MASTER	(1U << 2)
#define ICW3_SLAVE	2
#define ICW4		0x01	/* an 8086 is served */
#define EOI		0x20

#define FIRST_VECTOR	32

/* A register has the masks of eight lines, which several CPUs may change. */
static bool lock;

static void start_pic(uint16_t port, uint8_t vector, uint8_t cascade)
{
	const uint8_t masks = inb(port + DATA);

	outb(port, ICW1);
	outb(port + DATA, vector);
	outb(port + DATA, cascade);
	outb(port + DATA, ICW4);
	outb(port + DATA, masks);
}

void pic_lines_init(void)
{
	start_pic(PIC1, FIRST_VECTOR, ICW3_MASTER);
	start_pic(PIC2, FIRST_VECTOR + 8, ICW3_SLAVE);
}

static uint16_t masks_of(unsigned int line)
{
	return line < 8 ? PIC1 + DATA : PIC2 + DATA;
}

void pic_line_mask(unsigned int line)
{
	const uint64_t flags = lock_take(&lock);
	const uint16_t port = masks_of(line);

	outb(port, (uint8_t)(inb(port) | 1U << line % 8));
	lock_release(&lock, flags);
}

void pic_line_unmask(unsigned int line)
{
	const uint64_t flags = lock_take(&lock);
	const uint16_t port = masks_of(line);

	outb(port, (uint8_t)(inb(port) & ~(1U << line % 8)));
	lock_release(&lock, flags);
}

void pic_line_done(unsigned int line)
{
	if (line >= 8)
		outb(PIC2, EOI);
	outb(PIC1, EOI);
}
