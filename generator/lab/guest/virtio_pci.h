/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Modern virtio devices on PCI: as much of a driver as it takes to have one
 * reach memory and interrupt.
 * Source: Virtual I/O Device specification 1.2, 4.1 (PCI).
 */
#ifndef GUEST_VIRTIO_PCI_H
#define GUEST_VIRTIO_PCI_H

#include <stddef.h>

#include <plat/pci.h>

#include "virtio.h"

#define VIRTIO_VENDOR		0x1af4
#define FIRST_MODERN		0x1040

#define CAPABILITY_VENDOR	0x09
#define VIRTIO_COMMON		1
#define VIRTIO_NOTIFY		2
#define VIRTIO_ISR		3

#define NO_VECTOR		0xffff

struct virtio_common {
	uint32_t device_feature_select;
	uint32_t device_feature;
	uint32_t driver_feature_select;
	uint32_t driver_feature;
	uint16_t config_vector;
	uint16_t queues;
	uint8_t status;
	uint8_t generation;
	uint16_t queue_select;
	uint16_t queue_size;
	uint16_t queue_vector;
	uint16_t queue_enable;
	uint16_t queue_notify_off;
	uint32_t queue_addresses[6];
};

_Static_assert(sizeof(struct virtio_common) == 56, "virtio common config");

struct virtio_pci {
	struct pci_function function;
	volatile struct virtio_common *common;
	volatile uint16_t *notify;
	volatile uint8_t *isr;
	uint32_t notify_step;
	uint64_t address;	/* of its registers */
};

struct virtio_wanted {
	struct virtio_pci *to;
	uint16_t modern;	/* ids of the device */
	uint16_t transitional;
	unsigned int skip;	/* how many of them come before */
	bool found;
};

static bool virtio_is_wanted(const struct pci_function *f, void *arg)
{
	const uint32_t id = pci_read(f, PCI_ID);
	struct virtio_wanted *const w = arg;

	if ((id & 0xffff) != VIRTIO_VENDOR ||
	    (id >> 16 != w->modern && id >> 16 != w->transitional))
		return true;
	if (w->skip) {
		w->skip--;
		return true;
	}
	w->to->function = *f;
	w->found = true;
	return false;
}

/**
 * Finds the n-th device of a kind and its registers.
 * @return what is missing, or NULL
 */
static inline const char *virtio_pci_find(struct virtio_pci *d, uint16_t kind,
					  uint16_t transitional,
					  unsigned int n)
{
	struct virtio_wanted wanted = { d, (uint16_t)(FIRST_MODERN + kind),
					transitional, n, false };
	struct pci_capabilities c;
	struct pci_bar bar;
	volatile void *at;
	uint32_t head;
	uint8_t cap;

	*d = (struct virtio_pci){ 0 };
	pci_walk(virtio_is_wanted, &wanted);
	if (!wanted.found)
		return "no device";
	c = pci_capabilities(&d->function);
	while ((cap = pci_next_capability(&d->function, &c,
					  CAPABILITY_VENDOR, 16))) {
		head = pci_read(&d->function, cap) >> 24;
		if (head != VIRTIO_COMMON && head != VIRTIO_NOTIFY &&
		    head != VIRTIO_ISR)
			continue;
		if (head == VIRTIO_NOTIFY && cap + 20U > PCI_CONFIG_SIZE)
			return "notifications are cut";
		at = pci_map(&d->function,
			     pci_read8(&d->function, cap + 4U),
			     pci_read(&d->function, cap + 8U),
			     pci_read(&d->function, cap + 12U));
		if (!at)
			return "registers out of reach";
		if (head == VIRTIO_COMMON) {
			pci_bar(&d->function,
				pci_read8(&d->function, cap + 4U), &bar);
			d->address = bar.address;
			d->common = at;
		} else if (head == VIRTIO_NOTIFY) {
			d->notify = at;
			d->notify_step = pci_read(&d->function, cap + 16U);
		} else {
			d->isr = at;
		}
	}
	return d->common && d->notify && d->isr ? NULL : "registers missing";
}

/** Resets the device and agrees on features. @return a refusal, or NULL */
static inline const char *virtio_pci_begin(struct virtio_pci *d)
{
	volatile struct virtio_common *const c = d->common;

	c->status = 0;
	while (c->status)
		__builtin_ia32_pause();
	c->status = STATUS_BEGUN;
	c->driver_feature_select = 0;
	c->driver_feature = 0;
	c->driver_feature_select = 1;
	c->driver_feature = FEATURE_VERSION_1;
	c->status = STATUS_BEGUN | STATUS_FEATURES;
	return c->status & STATUS_FEATURES ? NULL : "features refused";
}

static inline void virtio_pci_address(struct virtio_pci *d, unsigned int index,
				      const void *at)
{
	d->common->queue_addresses[2 * index] = (uint32_t)(uint64_t)at;
	d->common->queue_addresses[2 * index + 1] =
		(uint32_t)((uint64_t)at >> 32);
}

/** Gives memory and a message to a queue. @return a refusal, or NULL */
static inline const char *virtio_pci_queue(struct virtio_pci *d,
					   struct virtio_queue *q,
					   uint16_t index, uint16_t vector)
{
	volatile struct virtio_common *const c = d->common;

	c->queue_select = index;
	if (c->queue_size < QUEUE_ENTRIES)
		return "the queue is too short";
	c->queue_size = QUEUE_ENTRIES;
	c->queue_vector = vector;
	if (c->queue_vector != vector)
		return "vector refused";
	virtio_pci_address(d, 0, q->descriptors);
	virtio_pci_address(d, 1, &q->available);
	virtio_pci_address(d, 2, &q->used);
	c->queue_enable = 1;
	q->bell = d->notify + c->queue_notify_off * d->notify_step / 2;
	q->index = index;
	return NULL;
}

static inline void virtio_pci_go(struct virtio_pci *d)
{
	d->common->status = STATUS_BEGUN | STATUS_FEATURES | STATUS_DRIVER;
}

#endif /* GUEST_VIRTIO_PCI_H */
