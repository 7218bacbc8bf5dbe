/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reads of a sector from a virtio-blk that holds zeros: what comes is known.
 * Source: Virtual I/O Device specification 1.2, 5.2 (block device).
 */
#ifndef GUEST_DISK_H
#define GUEST_DISK_H

#include "virtio.h"

#define KIND_DISK		2
#define DISK_TRANSITIONAL	0x1001
#define DISK_READ		0
#define DISK_OK			0
#define DISK_SECTOR		512
#define DISK_SLOTS		2	/* requests at a time, of 3 entries each */
#define DISK_NOT_YET		0xff

struct disk_request {
	struct {
		uint32_t kind, reserved;
		uint64_t sector;
	} head;
	uint8_t data[DISK_SECTOR];
	uint8_t status;
} __attribute__((aligned(16)));

/** Prepares a read of the first sector into one of a queue's slots. */
static inline void disk_post(struct virtio_queue *q, struct disk_request *r,
			     unsigned int slot)
{
	const unsigned int first = slot * 3;

	r->head.kind = DISK_READ;
	r->head.sector = 0;
	r->data[0] = r->data[DISK_SECTOR - 1] = DISK_NOT_YET;
	r->status = DISK_NOT_YET;
	virtio_describe(q, first, &r->head, sizeof(r->head), DESCRIPTOR_NEXT);
	virtio_describe(q, first + 1, r->data, DISK_SECTOR,
			DESCRIPTOR_NEXT | DESCRIPTOR_IN);
	virtio_describe(q, first + 2, &r->status, 1, DESCRIPTOR_IN);
	virtio_post(q, (uint16_t)first);
}

static inline bool disk_has_read(const struct disk_request *r)
{
	const volatile uint8_t *const data = r->data;

	return *(const volatile uint8_t *)&r->status == DISK_OK && !data[0] &&
	       !data[DISK_SECTOR - 1];
}

#endif /* GUEST_DISK_H */
