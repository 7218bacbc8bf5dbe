/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The interrupt line of a device, at the controller that the machine has.
 */
#ifndef GUEST_LINE_H
#define GUEST_LINE_H

#if __has_include(<plat/device_irqs.h>)
#include <plat/device_irqs.h>
#include <plat/irq_lines.h>

static unsigned int line_opened;

/** Opens a line that is wired. @return whether the controller has it */
static inline bool line_open(unsigned int line)
{
	line_opened = line;
	device_irqs_init();
	if (!device_irq_configure(line, IRQ_AS_USUAL, 0))
		return false;
	device_irq_unmask(line);
	return true;
}

static inline void line_done(void)
{
	device_irq_done(line_opened);
}
#else
#include <stdbool.h>

#include <plat/x86.h>

#define PIC1		0x20
#define PIC2		0xa0
#define PIC_DATA	1
#define PIC_ICW1	0x11
#define PIC_ICW4	0x01
#define PIC_EOI		0x20
#define PIC_LINES	16

static inline bool irq_line_wire(unsigned int line, bool level, bool low)
{
	(void)level;		/* firmware has said it */
	(void)low;
	return line < PIC_LINES;
}

static inline void line_start(uint16_t port, uint8_t vector, uint8_t cascade)
{
	const uint8_t mask = inb(port + PIC_DATA);

	outb(port, PIC_ICW1);
	outb(port + PIC_DATA, vector);
	outb(port + PIC_DATA, cascade);
	outb(port + PIC_DATA, PIC_ICW4);
	outb(port + PIC_DATA, mask);
}

static inline bool line_open(unsigned int line)
{
	const uint16_t port = (line < 8 ? PIC1 : PIC2) + PIC_DATA;

	if (line >= PIC_LINES)
		return false;
	line_start(PIC1, 32, 1 << 2);
	line_start(PIC2, 40, 2);
	outb(port, (uint8_t)(inb(port) & ~(1U << line % 8)));
	return true;
}

static inline void line_done(void)
{
	outb(PIC2, PIC_EOI);
	outb(PIC1, PIC_EOI);
}
#endif

#endif /* GUEST_LINE_H */
