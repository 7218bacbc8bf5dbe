/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sources of interrupts, each a queue of a disk with an interrupt of its own: the
 * queues of one device that sends messages, or devices with one line each, on PCI
 * or in memory.
 */
#ifndef GUEST_IRQ_UNITS_H
#define GUEST_IRQ_UNITS_H

#include <plat/core.h>
#include <plat/msix.h>

#include "device.h"
#include "disk.h"
#include "virtio_mem.h"
#include "virtio_pci.h"

#define UNITS		4
#define FIRST_IRQ	48	/* of messages: above all pins */

struct unit {
	struct virtio_queue queue;
	struct disk_request requests[DISK_SLOTS];
	unsigned int irq;
	enum irq_trigger trigger;
	/* What tells why, and silences the line; none for messages */
	volatile uint8_t *isr;
	volatile uint32_t *registers;
	/* Where the interrupts go, and where they went */
	unsigned int cpu, old_cpu;
	unsigned int came, elsewhere, stray;
	uint16_t seen;		/* requests that were served, by its handler */
	bool waits;		/* at the old CPU, for that to take it */
};

static struct unit units[UNITS];
static unsigned int units_count;
static struct msix units_msix;

static inline bool unit_has_line(const struct unit *u)
{
	return u->isr || u->registers;
}

static inline void unit_aim(struct unit *u, unsigned int cpu)
{
	if (unit_has_line(u))
		device_irq_configure(u->irq, u->trigger, cpu);
	else
		msix_set_cpu(&units_msix, u->queue.index, cpu);
}

/** Whether the interrupt is this one's; silences its line. */
static inline bool unit_raised(struct unit *u)
{
	if (u->isr)
		return *u->isr & 1;
	return !u->registers || mem_silence(u->registers);
}

static inline void unit_done(const struct unit *u)
{
	if (unit_has_line(u))
		device_irq_done(u->irq);
	else
		lapic_eoi();
}

/** One device, of which each queue sends a message. @return what is wrong */
static inline const char *units_of_messages(void (*const handlers[])(void))
{
	static struct virtio_pci disk;
	const char *wrong = virtio_pci_find(&disk, KIND_DISK,
					    DISK_TRANSITIONAL, 0);
	uint16_t i;

	if (!wrong && disk.common->queues < UNITS)
		wrong = "too few queues";
	if (!wrong && (!msix_find(&disk.function, &units_msix) ||
		       units_msix.entries < UNITS))
		wrong = "too few messages";
	if (wrong)
		return wrong;
	wrong = virtio_pci_begin(&disk);
	for (i = 0; !wrong && i < UNITS; i++) {
		units[i].irq = FIRST_IRQ + i;
		core_irq_register(units[i].irq, handlers[i]);
		msix_set(&units_msix, i, IRQ_VECTOR(units[i].irq), 0);
		msix_unmask(&units_msix, i);
		wrong = virtio_pci_queue(&disk, &units[i].queue, i, i);
	}
	msix_enable(&units_msix);
	virtio_pci_go(&disk);
	units_count = UNITS;
	return wrong;
}

/** Devices on PCI, each with a line of its own. @return what is wrong */
static inline const char *units_of_lines(void (*const handlers[])(void))
{
	static struct virtio_pci disks[UNITS];
	const char *wrong;
	struct unit *u;
	unsigned int i;

	for (; units_count < UNITS; units_count++) {
		u = &units[units_count];
		wrong = virtio_pci_find(&disks[units_count], KIND_DISK,
					DISK_TRANSITIONAL, units_count);
		if (wrong)
			return units_count ? NULL : wrong;
		pci_enable(&disks[units_count].function, true);
		u->isr = disks[units_count].isr;
		u->irq = pci_read8(&disks[units_count].function, PCI_INTERRUPT);
		for (i = 0; i < units_count; i++)
			if (units[i].irq == u->irq)
				return "two devices share a line";
		wrong = virtio_pci_begin(&disks[units_count]);
		if (!wrong)
			wrong = virtio_pci_queue(&disks[units_count],
						 &u->queue, 0, NO_VECTOR);
		if (wrong)
			return wrong;
		virtio_pci_go(&disks[units_count]);
		core_irq_register(u->irq, handlers[units_count]);
		if (!device_irq_configure(u->irq, IRQ_AS_USUAL, 0))
			return "no controller has the line";
		device_irq_unmask(u->irq);
	}
	return NULL;
}

/**
 * Devices in memory, each with a line of its own. They hold it until they are
 * told; the edge with which that begins will do as well.
 * @return what is wrong
 */
static inline const char *units_in_memory(void (*const handlers[])(void),
					  bool edge)
{
	static struct virtio_mmio_slot slots[VIRTIO_MMIO_SLOTS];
	const unsigned int count = virtio_mmio_tables(slots, VIRTIO_MMIO_SLOTS);
	const char *wrong;
	struct unit *u;
	unsigned int i;

	for (i = 0; i < count && units_count < UNITS; i++) {
		if (virtio_mmio_device(&slots[i]) != KIND_DISK)
			continue;
		u = &units[units_count];
		u->registers = core_phys(slots[i].base);
		u->irq = slots[i].gsi;
		u->trigger = edge ? IRQ_EDGE : IRQ_LEVEL;
		core_irq_register(u->irq, handlers[units_count++]);
		wrong = mem_start(u->registers, &u->queue);
		if (wrong)
			return wrong;
		if (!device_irq_configure(u->irq, u->trigger, 0))
			return "no controller has the line";
		device_irq_unmask(u->irq);
	}
	return units_count == UNITS ? NULL : "too few devices";
}

#endif /* GUEST_IRQ_UNITS_H */
