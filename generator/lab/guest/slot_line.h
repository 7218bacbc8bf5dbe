/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The interrupt line of a virtio-mmio slot, at the controller that the machine
 * has. Source of the second half: Intel 8259A data sheet.
 */
#ifndef GUEST_SLOT_LINE_H
#define GUEST_SLOT_LINE_H

#include <plat/virtio_mmio.h>

static unsigned int slot_line;

#if __has_include(<plat/device_irqs.h>)
#include <plat/device_irqs.h>

static inline bool slot_line_open(const struct virtio_mmio_slot *slot)
{
	slot_line = slot->gsi;
	device_irqs_init();
	if (!device_irq_configure(slot_line,
				  slot->level ? IRQ_LEVEL : IRQ_EDGE, 0))
		return false;
	device_irq_unmask(slot_line);
	return true;
}

static inline void slot_line_done(void)
{
	device_irq_done(slot_line);
}
#else
#include <plat/x86.h>

#define PIC1		0x20
#define PIC2		0xa0
#define PIC_DATA	1
#define PIC_ICW1	0x11
#define PIC_ICW4	0x01
#define PIC_EOI		0x20
#define PIC_LINES	16

static inline void slot_line_controller(uint16_t port, uint8_t vector,
					uint8_t cascade)
{
	const uint8_t mask = inb(port + PIC_DATA);

	outb(port, PIC_ICW1);
	outb(port + PIC_DATA, vector);
	outb(port + PIC_DATA, cascade);
	outb(port + PIC_DATA, PIC_ICW4);
	outb(port + PIC_DATA, mask);
}

static inline bool slot_line_open(const struct virtio_mmio_slot *slot)
{
	const uint16_t port = (slot->gsi < 8 ? PIC1 : PIC2) + PIC_DATA;

	if (slot->gsi >= PIC_LINES)
		return false;
	slot_line = slot->gsi;
	slot_line_controller(PIC1, 32, 1 << 2);
	slot_line_controller(PIC2, 40, 2);
	outb(port, (uint8_t)(inb(port) & ~(1U << slot_line % 8)));
	return true;
}

static inline void slot_line_done(void)
{
	if (slot_line >= 8)
		outb(PIC2, PIC_EOI);
	outb(PIC1, PIC_EOI);
}
#endif

#endif /* GUEST_SLOT_LINE_H */
