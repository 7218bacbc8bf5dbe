/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Modern virtio devices in memory, with one queue.
 * Source: Virtual I/O Device specification 1.2, 4.2 (MMIO).
 */
#ifndef GUEST_VIRTIO_MEM_H
#define GUEST_VIRTIO_MEM_H

#include <stddef.h>

#include <plat/virtio_mmio.h>

#include "virtio.h"

#define MEM_FEATURES		0x020
#define MEM_FEATURES_SELECT	0x024
#define MEM_QUEUE_SELECT	0x030
#define MEM_QUEUE_MAX		0x034
#define MEM_QUEUE_SIZE		0x038
#define MEM_QUEUE_READY		0x044
#define MEM_QUEUE_NOTIFY	0x050
#define MEM_CAUSE		0x060
#define MEM_CAUSE_ACK		0x064
#define MEM_QUEUE_ADDRESSES	0x080	/* 0x10 bytes each */
#define MODERN_VERSION		2

static inline volatile uint32_t *mem_reg(volatile uint32_t *at,
					 unsigned int reg)
{
	return at + reg / 4;
}

static inline void mem_address(volatile uint32_t *at, unsigned int which,
			       const void *to)
{
	volatile uint32_t *const pair =
		mem_reg(at, MEM_QUEUE_ADDRESSES + 0x10 * which);

	pair[0] = (uint32_t)(uint64_t)to;
	pair[1] = (uint32_t)((uint64_t)to >> 32);
}

/** Brings a device up with its first queue. @return what it refused, or NULL */
static inline const char *mem_start(volatile uint32_t *at,
				    struct virtio_queue *q)
{
	volatile uint32_t *const status = mem_reg(at, VIRTIO_MMIO_STATUS);

	if (*mem_reg(at, VIRTIO_MMIO_VERSION) != MODERN_VERSION)
		return "the device is a legacy one";
	*status = 0;
	*status = STATUS_BEGUN;
	*mem_reg(at, MEM_FEATURES_SELECT) = 0;
	*mem_reg(at, MEM_FEATURES) = 0;
	*mem_reg(at, MEM_FEATURES_SELECT) = 1;
	*mem_reg(at, MEM_FEATURES) = FEATURE_VERSION_1;
	*status = STATUS_BEGUN | STATUS_FEATURES;
	if (!(*status & STATUS_FEATURES))
		return "features refused";
	*mem_reg(at, MEM_QUEUE_SELECT) = 0;
	if (*mem_reg(at, MEM_QUEUE_MAX) < QUEUE_ENTRIES)
		return "the queue is too short";
	*mem_reg(at, MEM_QUEUE_SIZE) = QUEUE_ENTRIES;
	mem_address(at, 0, q->descriptors);
	mem_address(at, 1, &q->available);
	mem_address(at, 2, &q->used);
	*mem_reg(at, MEM_QUEUE_READY) = 1;
	q->wide_bell = mem_reg(at, MEM_QUEUE_NOTIFY);
	*status = STATUS_BEGUN | STATUS_FEATURES | STATUS_DRIVER;
	return NULL;
}

/** Whether the device has raised its line; silences it. */
static inline bool mem_silence(volatile uint32_t *at)
{
	const uint32_t cause = *mem_reg(at, MEM_CAUSE);

	*mem_reg(at, MEM_CAUSE_ACK) = cause;
	return cause & 1;
}

#endif /* GUEST_VIRTIO_MEM_H */
