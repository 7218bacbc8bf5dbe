/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/virtio-mmio/include/plat/virtio_mmio.h. DO NOT EDIT. */
/*
 * Where virtio devices are that no bus enumerates.
 * Source: Virtual I/O Device specification 1.2, 4.2.
 */
#ifndef PLAT_VIRTIO_MMIO_H
#define PLAT_VIRTIO_MMIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <plat/aml.h>
#include <plat/core.h>

/* More than any machine has by default: QEMU's microvm has 24 */
#define VIRTIO_MMIO_SLOTS	64

/* Registers, as far as finding a device and trying it takes them */
#define VIRTIO_MMIO_MAGIC		0x000
#define VIRTIO_MMIO_VERSION		0x004
#define VIRTIO_MMIO_DEVICE_ID		0x008
#define VIRTIO_MMIO_FEATURES		0x010
#define VIRTIO_MMIO_FEATURES_SELECT	0x014
#define VIRTIO_MMIO_QUEUE_SELECT	0x030
#define VIRTIO_MMIO_QUEUE_MAX		0x034
#define VIRTIO_MMIO_INTERRUPT		0x060
#define VIRTIO_MMIO_INTERRUPT_ACK	0x064
#define VIRTIO_MMIO_STATUS		0x070
#define VIRTIO_MMIO_SIZE		0x100	/* up to a device's own */

#define VIRTIO_MMIO_IS_VIRTIO	0x74726976

struct virtio_mmio_slot {
	uint64_t base;		/* physical address of the registers */
	uint64_t size;		/* of these, in bytes */
	uint32_t gsi;		/* its interrupt, by global number */
	bool level;		/* the line keeps its state until served */
	bool low;		/* and is active when low */
};

/**
 * Reads a word of Linux's command line: virtio_mmio.device=SIZE@BASE:IRQ[:ID].
 * It says nothing about the line, which is taken to rise.
 * @return whether it is such a word, and one that makes sense
 */
bool virtio_mmio_word(const char *word, struct virtio_mmio_slot *slot);

/**
 * Finds slots in ACPI's byte code, whatever it is.
 * @return how many were found, at most `max`
 */
unsigned int virtio_mmio_scan(struct aml code, struct virtio_mmio_slot *slots,
			      unsigned int max);

/** The same for the table that this machine has, if any. */
unsigned int virtio_mmio_tables(struct virtio_mmio_slot *slots,
				unsigned int max);

static inline volatile uint32_t *
virtio_mmio_register(const struct virtio_mmio_slot *slot, size_t reg)
{
	return core_phys(slot->base + reg);
}

/**
 * Whether a slot has a device that begins as it must; firmware's driver has
 * lost it then. An empty slot has none, and a line names a device that is
 * refused.
 */
bool virtio_mmio_works(const struct virtio_mmio_slot *slot);

/** Which kind of device is there; 0 if the slot is empty or is none. */
uint32_t virtio_mmio_device(const struct virtio_mmio_slot *slot);

/** Stops a device of a slot that is not empty: firmware may have used it. */
void virtio_mmio_reset(const struct virtio_mmio_slot *slot);

/** Whether a driver has taken it since. */
bool virtio_mmio_taken(const struct virtio_mmio_slot *slot);

#endif /* PLAT_VIRTIO_MMIO_H */
