/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A driver for one request to a modern virtio-rng on PCI: as much as it takes to
 * have a device reach memory and interrupt.
 * Source: Virtual I/O Device specification 1.2, 4.1 (PCI), 2.7 (split queue).
 */
#ifndef GUEST_RNG_H
#define GUEST_RNG_H

#include <stddef.h>

#include <plat/pci.h>
#include <plat/x86.h>

#define VIRTIO_VENDOR		0x1af4
#define RNG_MODERN		0x1044
#define RNG_TRANSITIONAL	0x1005

#define CAPABILITY_VENDOR	0x09
#define VIRTIO_COMMON		1
#define VIRTIO_NOTIFY		2
#define VIRTIO_ISR		3

#define STATUS_BEGUN		3	/* acknowledged, driven */
#define STATUS_FEATURES		8
#define STATUS_DRIVER		4
#define FEATURE_VERSION_1	1	/* bit 32: the first of the second word */
#define NO_VECTOR		0xffff
#define RNG_BYTES		64
#define RNG_QUEUE		4
#define DEVICE_WRITES		2

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

struct rng {
	struct pci_function function;
	volatile struct virtio_common *common;
	volatile uint16_t *notify;
	volatile uint8_t *isr;
	uint32_t notify_step;
	uint64_t address;	/* of its registers */
};

static struct {
	struct {
		uint64_t address;
		uint32_t length;
		uint16_t flags;
		uint16_t next;
	} descriptors[RNG_QUEUE];
	struct {
		uint16_t flags, index, ring[RNG_QUEUE], event;
	} available;
	struct {
		uint16_t flags, index;
		struct {
			uint32_t id, length;
		} ring[RNG_QUEUE];
		uint16_t event;
	} used __attribute__((aligned(4)));
	uint8_t bytes[RNG_BYTES];
} rng_memory __attribute__((aligned(16)));

static bool rng_is_it(const struct pci_function *f, void *arg)
{
	const uint32_t id = pci_read(f, PCI_ID);

	if (id != (VIRTIO_VENDOR | RNG_MODERN << 16) &&
	    id != (VIRTIO_VENDOR | RNG_TRANSITIONAL << 16))
		return true;
	((struct rng *)arg)->function = *f;
	((struct rng *)arg)->notify_step = 1;
	return false;
}

/** Finds the device and its registers. @return what is missing, or NULL */
static inline const char *rng_find(struct rng *r)
{
	struct pci_capabilities c;
	struct pci_bar bar;
	volatile void *at;
	uint32_t head;
	uint8_t cap;

	*r = (struct rng){ 0 };
	pci_walk(rng_is_it, r);
	if (!r->notify_step)
		return "no device";
	c = pci_capabilities(&r->function);
	while ((cap = pci_next_capability(&r->function, &c,
					  CAPABILITY_VENDOR))) {
		head = pci_read(&r->function, cap) >> 24;
		if (head != VIRTIO_COMMON && head != VIRTIO_NOTIFY &&
		    head != VIRTIO_ISR)
			continue;
		at = pci_map(&r->function,
			     pci_read8(&r->function, cap + 4U),
			     pci_read(&r->function, cap + 8U),
			     pci_read(&r->function, cap + 12U));
		if (!at)
			return "registers out of reach";
		if (head == VIRTIO_COMMON) {
			pci_bar(&r->function,
				pci_read8(&r->function, cap + 4U), &bar);
			r->address = bar.address;
			r->common = at;
		} else if (head == VIRTIO_NOTIFY) {
			r->notify = at;
			r->notify_step = pci_read(&r->function, cap + 16U);
		} else {
			r->isr = at;
		}
	}
	return r->common && r->notify && r->isr ? NULL : "registers missing";
}

static inline void rng_set_address(struct rng *r, unsigned int index,
				   const void *at)
{
	r->common->queue_addresses[2 * index] = (uint32_t)(uint64_t)at;
	r->common->queue_addresses[2 * index + 1] =
		(uint32_t)((uint64_t)at >> 32);
}

/** Brings the device up with one queue. @return what it refused, or NULL */
static inline const char *rng_start(struct rng *r, uint16_t vector)
{
	volatile struct virtio_common *const c = r->common;

	c->status = 0;
	while (c->status)
		__builtin_ia32_pause();
	c->status = STATUS_BEGUN;
	c->driver_feature_select = 0;
	c->driver_feature = 0;
	c->driver_feature_select = 1;
	c->driver_feature = FEATURE_VERSION_1;
	c->status = STATUS_BEGUN | STATUS_FEATURES;
	if (!(c->status & STATUS_FEATURES))
		return "features refused";
	c->queue_select = 0;
	if (c->queue_size < RNG_QUEUE)
		return "the queue is too short";
	c->queue_size = RNG_QUEUE;
	c->queue_vector = vector;
	if (c->queue_vector != vector)
		return "vector refused";
	rng_set_address(r, 0, rng_memory.descriptors);
	rng_set_address(r, 1, &rng_memory.available);
	rng_set_address(r, 2, &rng_memory.used);
	c->queue_enable = 1;
	c->status = STATUS_BEGUN | STATUS_FEATURES | STATUS_DRIVER;
	return NULL;
}

/** Asks for random bytes; the device interrupts when they are there. */
static inline void rng_ask(struct rng *r)
{
	rng_memory.descriptors[0].address = (uint64_t)rng_memory.bytes;
	rng_memory.descriptors[0].length = RNG_BYTES;
	rng_memory.descriptors[0].flags = DEVICE_WRITES;
	rng_memory.available.ring[rng_memory.available.index % RNG_QUEUE] = 0;
	compiler_barrier();
	rng_memory.available.index++;
	__sync_synchronize();
	r->notify[r->common->queue_notify_off * r->notify_step / 2] = 0;
}

/** How many requests the device has served. */
static inline unsigned int rng_served(void)
{
	return *(volatile uint16_t *)&rng_memory.used.index;
}

#endif /* GUEST_RNG_H */
