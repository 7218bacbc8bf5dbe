/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The interrupt line of a device, at the controller that the machine has.
 */
#ifndef GUEST_LINE_H
#define GUEST_LINE_H

#if __has_include(<plat/device_irqs.h>)
#include <plat/device_irqs.h>

static unsigned int line_opened;

static inline void line_open(unsigned int line)
{
	line_opened = line;
	device_irqs_init();
	device_irq_configure(line, IRQ_AS_USUAL, 0);
	device_irq_unmask(line);
}

static inline void line_done(void)
{
	device_irq_done(line_opened);
}
#else
#include <plat/x86.h>

#define PIC1		0x20
#define PIC2		0xa0
#define PIC_DATA	1
#define PIC_ICW1	0x11
#define PIC_ICW4	0x01
#define PIC_EOI		0x20

static inline void line_start(uint16_t port, uint8_t vector, uint8_t cascade)
{
	const uint8_t mask = inb(port + PIC_DATA);

	outb(port, PIC_ICW1);
	outb(port + PIC_DATA, vector);
	outb(port + PIC_DATA, cascade);
	outb(port + PIC_DATA, PIC_ICW4);
	outb(port + PIC_DATA, mask);
}

static inline void line_open(unsigned int line)
{
	const uint16_t port = (line < 8 ? PIC1 : PIC2) + PIC_DATA;

	line_start(PIC1, 32, 1 << 2);
	line_start(PIC2, 40, 2);
	outb(port, (uint8_t)(inb(port) & ~(1U << line % 8)));
}

static inline void line_done(void)
{
	outb(PIC2, PIC_EOI);
	outb(PIC1, PIC_EOI);
}
#endif

#endif /* GUEST_LINE_H */
