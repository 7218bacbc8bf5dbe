/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Whether a device begins as it must. Unikraft's driver of these devices
 * believes all that a device says, and some of its calls cannot fail: a device
 * that lies is refused before. What it says is checked as far as no driver is
 * needed for that.
 * Source: Virtual I/O Device specification 1.2, 3.1.1 (order), 4.2.2
 * (registers).
 */
#include <plat/clock.h>
#include <plat/core.h>
#include <plat/virtio_mmio.h>

#define ACKNOWLEDGE		1U
#define DRIVER			2U
#define NEEDS_RESET		0x40U
#define VERSION_1		1U	/* of the upper half of the features */

#define RESET_PATIENCE		NSEC_PER_SEC
#define MOST_QUEUES		64U
#define MOST_ENTRIES		32768U

static uint32_t slot_get(const struct virtio_mmio_slot *slot, size_t reg)
{
	return *virtio_mmio_register(slot, reg);
}

static void slot_set(const struct virtio_mmio_slot *slot, size_t reg,
		     uint32_t value)
{
	*virtio_mmio_register(slot, reg) = value;
}

static bool ends_reset(const struct virtio_mmio_slot *slot)
{
	const uint64_t end = clock_monotonic() + RESET_PATIENCE;

	virtio_mmio_reset(slot);
	while (virtio_mmio_taken(slot))
		if (clock_monotonic() > end)
			return false;
	return true;
}

static const char *fault_of_status(const struct virtio_mmio_slot *slot,
				   uint32_t status)
{
	uint32_t now;

	slot_set(slot, VIRTIO_MMIO_STATUS, status);
	now = slot_get(slot, VIRTIO_MMIO_STATUS);
	if (now & NEEDS_RESET)
		return "asks for a reset";
	return status & ~now ? "does not keep its status" : NULL;
}

static const char *fault_of_features(const struct virtio_mmio_slot *slot)
{
	if (slot_get(slot, VIRTIO_MMIO_VERSION) == 1)
		return NULL;
	slot_set(slot, VIRTIO_MMIO_FEATURES_SELECT, 1);
	return slot_get(slot, VIRTIO_MMIO_FEATURES) & VERSION_1 ? NULL :
	       "is modern and lacks VIRTIO_F_VERSION_1";
}

/* Drivers take the most entries that there can be, whatever their number. */
static const char *fault_of_queues(const struct virtio_mmio_slot *slot)
{
	uint32_t entries, i;

	for (i = 0; i < MOST_QUEUES; i++) {
		slot_set(slot, VIRTIO_MMIO_QUEUE_SELECT, i);
		entries = slot_get(slot, VIRTIO_MMIO_QUEUE_MAX);
		if (!entries)
			return i ? NULL : "has no queue";
		if (entries & (entries - 1) || entries > MOST_ENTRIES)
			return "has a queue whose size is no power of two";
		if (slot_get(slot, VIRTIO_MMIO_QUEUE_MAX) != entries)
			return "has a queue whose size changes";
	}
	return NULL;
}

/* Nobody has asked for one since the reset. */
static const char *fault_of_interrupts(const struct virtio_mmio_slot *slot)
{
	const uint32_t why = slot_get(slot, VIRTIO_MMIO_INTERRUPT);

	if (!why)
		return NULL;
	slot_set(slot, VIRTIO_MMIO_INTERRUPT_ACK, why);
	return slot_get(slot, VIRTIO_MMIO_INTERRUPT) ? "interrupts without end"
						: NULL;
}

static const char *fault_of_device(const struct virtio_mmio_slot *slot)
{
	const char *fault;

	if (!ends_reset(slot))
		return "does not end its reset";
	fault = fault_of_status(slot, ACKNOWLEDGE);
	if (!fault)
		fault = fault_of_status(slot, ACKNOWLEDGE | DRIVER);
	if (!fault)
		fault = fault_of_features(slot);
	if (!fault)
		fault = fault_of_queues(slot);
	if (!fault)
		fault = fault_of_interrupts(slot);
	if (!ends_reset(slot) && !fault)
		fault = "does not end its reset";
	return fault;
}

bool virtio_mmio_works(const struct virtio_mmio_slot *slot)
{
	const char *fault = NULL;

	if (slot_get(slot, VIRTIO_MMIO_MAGIC) != VIRTIO_MMIO_IS_VIRTIO)
		fault = "is none of virtio";
	else if (!slot_get(slot, VIRTIO_MMIO_DEVICE_ID))
		return false;
	else if (!virtio_mmio_device(slot))
		fault = "is of an unknown version";
	else
		fault = fault_of_device(slot);
	if (fault)
		core_error("virtio-mmio: device at 0x%lx is not used: it %s",
			   (unsigned long)slot->base, fault);
	return !fault;
}
