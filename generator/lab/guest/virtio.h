/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A split queue of a modern virtio device, whatever it is reached by.
 * Source: Virtual I/O Device specification 1.2, 2.1 (status), 2.7 (split queue).
 */
#ifndef GUEST_VIRTIO_H
#define GUEST_VIRTIO_H

#include <stdbool.h>
#include <stdint.h>

#define STATUS_BEGUN		3	/* acknowledged, driven */
#define STATUS_DRIVER		4
#define STATUS_FEATURES		8
#define FEATURE_VERSION_1	1	/* bit 32: the first of the second word */

#define QUEUE_ENTRIES		8	/* as QEMU's shortest queues */
#define DESCRIPTOR_NEXT		1
#define DESCRIPTOR_IN		2	/* the device writes */

struct virtio_queue {
	struct {
		uint64_t address;
		uint32_t length;
		uint16_t flags;
		uint16_t next;
	} descriptors[QUEUE_ENTRIES];
	struct {
		uint16_t flags, index, ring[QUEUE_ENTRIES], event;
	} available;
	struct {
		uint16_t flags, index;
		struct {
			uint32_t id, length;
		} ring[QUEUE_ENTRIES];
		uint16_t event;
	} used __attribute__((aligned(4)));
	/* What the device does not see: where it is told of requests, in
	 * registers of PCI or, with more bits, of a device in memory
	 */
	volatile uint16_t *bell;
	volatile uint32_t *wide_bell;
	uint16_t index;
} __attribute__((aligned(16)));

static inline void virtio_describe(struct virtio_queue *q, unsigned int at,
				   void *to, uint32_t length, uint16_t flags)
{
	q->descriptors[at].address = (uint64_t)to;
	q->descriptors[at].length = length;
	q->descriptors[at].flags = flags;
	q->descriptors[at].next = (uint16_t)(at + 1);
}

/** Makes the descriptors from `first` on a request; the device is not told. */
static inline void virtio_post(struct virtio_queue *q, uint16_t first)
{
	const uint16_t at = q->available.index;

	q->available.ring[at % QUEUE_ENTRIES] = first;
	__atomic_store_n(&q->available.index, (uint16_t)(at + 1),
			 __ATOMIC_RELEASE);
}

static inline void virtio_tell(struct virtio_queue *q)
{
	__sync_synchronize();
	if (q->wide_bell)
		*q->wide_bell = q->index;
	else
		*q->bell = q->index;
}

/** How many requests the device has served, modulo 65,536. */
static inline uint16_t virtio_served(const struct virtio_queue *q)
{
	return __atomic_load_n(&q->used.index, __ATOMIC_ACQUIRE);
}

#endif /* GUEST_VIRTIO_H */
