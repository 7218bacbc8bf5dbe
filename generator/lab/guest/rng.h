/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One request at a time to a modern virtio-rng on PCI.
 * Source: Virtual I/O Device specification 1.2, 5.4 (entropy device).
 */
#ifndef GUEST_RNG_H
#define GUEST_RNG_H

#include "virtio_pci.h"

#define KIND_RNG		4
#define RNG_TRANSITIONAL	0x1005
#define RNG_BYTES		64

static struct virtio_queue rng_queue;
static uint8_t rng_bytes[RNG_BYTES];

/** Finds the device and its registers. @return what is missing, or NULL */
static inline const char *rng_find(struct virtio_pci *r)
{
	return virtio_pci_find(r, KIND_RNG, RNG_TRANSITIONAL, 0);
}

/** Brings the device up with one queue. @return what it refused, or NULL */
static inline const char *rng_start(struct virtio_pci *r, uint16_t vector)
{
	const char *wrong = virtio_pci_begin(r);

	if (!wrong)
		wrong = virtio_pci_queue(r, &rng_queue, 0, vector);
	if (!wrong)
		virtio_pci_go(r);
	return wrong;
}

/** Asks for random bytes; the device interrupts when they are there. */
static inline void rng_ask(void)
{
	virtio_describe(&rng_queue, 0, rng_bytes, RNG_BYTES, DESCRIPTOR_IN);
	virtio_post(&rng_queue, 0);
	virtio_tell(&rng_queue);
}

/** How many requests the device has served. */
static inline unsigned int rng_served(void)
{
	return virtio_served(&rng_queue);
}

#endif /* GUEST_RNG_H */
