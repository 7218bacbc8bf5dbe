/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Modern virtio on PCI, between the files that drive it.
 * Source: Virtual I/O Device specification 1.2, 4.1.4.
 */
#ifndef PLAT_VIRTIO_PCI_H
#define PLAT_VIRTIO_PCI_H

#include <stdbool.h>
#include <stdint.h>

#include <virtio/virtio_bus.h>
#include <virtio/virtqueue.h>

#include <plat/irq_messages.h>
#include <plat/msix.h>
#include <plat/pci.h>

/* The common registers; fields of 64 bits are written as two halves */
struct virtio_pci_common {
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
	uint16_t queue_notify_offset;
	uint32_t queue_descriptors[2];
	uint32_t queue_available[2];
	uint32_t queue_used[2];
};

_Static_assert(sizeof(struct virtio_pci_common) == 56, "common registers");

#define VIRTIO_PCI_NO_VECTOR	0xffff
#define VIRTIO_PCI_NEEDS_RESET	0x40U	/* of the status */

/* A message, and the entry that sends it */
struct virtio_pci_message {
	struct irq_message message;
	const struct msix *msix;
	uint16_t entry;
};

/* Kinds of devices, as far as it matters what they are */
enum {
	VIRTIO_PCI_NETWORK = 1,
	VIRTIO_PCI_DISK = 2,
	VIRTIO_PCI_9P = 9,
	VIRTIO_PCI_FILES = 26,
};

/* The parts of a queue; an index counts what has ever been put into a ring */
struct virtio_pci_descriptor {
	uint64_t address;
	uint32_t length;
	uint16_t flags;
	uint16_t next;
};

struct virtio_pci_available {
	uint16_t flags;
	uint16_t index;
	uint16_t heads[];
};

struct virtio_pci_used {
	uint16_t flags;
	uint16_t index;
	struct {
		uint32_t head;
		uint32_t written;	/* bytes */
	} answers[];
};

struct virtio_pci_queue {
	struct virtio_pci *device;
	struct virtqueue *vq;		/* NULL until the driver asks */
	volatile uint16_t *notify;
	uint16_t size;			/* most entries; 0: unusable */
	uint16_t entries;		/* as the driver has set it up */
	uint16_t seen;			/* of those in `used`, by interrupt */
	const volatile struct virtio_pci_descriptor *descriptors;
	const volatile struct virtio_pci_available *available;
	volatile struct virtio_pci_used *used;
	unsigned int cpu;		/* that its interrupts come to */
	struct virtio_pci_message message;
};

struct virtio_pci {
	struct virtio_dev vdev;
	struct pci_function function;
	struct uk_alloc *alloc;
	volatile struct virtio_pci_common *common;
	volatile uint8_t *notify;
	volatile uint8_t *isr;
	volatile uint8_t *config;	/* NULL where a device has none */
	uint32_t notify_size;
	uint32_t notify_step;		/* bytes from queue to queue */
	uint32_t config_size;
	uint8_t status;			/* what it was last told */
	bool refused;			/* and stopped */
	struct msix msix;
	unsigned int vectors;		/* 0: by the interrupt line */
	unsigned int first_irq;		/* of its messages, or of its line */
	struct virtio_pci_message changes;	/* of what is no queue's */
	unsigned int in_vain;		/* messages in a row with no news */
	unsigned int queue_count;
	struct virtio_pci_queue *queues;
};

static inline struct virtio_pci *virtio_pci_of(struct virtio_dev *vdev)
{
	return __containerof(vdev, struct virtio_pci, vdev);
}

/** Whether the device begins as it must; if not, it is refused. */
bool virtio_pci_try(struct virtio_pci *d);

/** Has the device neither reach memory nor interrupt any more. */
void virtio_pci_stop(struct virtio_pci *d);

/** Logs what the device does, and stops it. @return a negative error number */
int virtio_pci_refuse(struct virtio_pci *d, const char *why);

/** Answers in the place of a stopped device, whose requests fail. */
void virtio_pci_take_over(struct virtio_pci *d);

/** The device fails while it is in use: it is stopped, with a line. */
void virtio_pci_fail(struct virtio_pci *d, const char *why);

/**
 * Has all requests of a stopped device's queue fail. The guest ends with a
 * crash if somebody waits for an answer and cannot be given one.
 */
void virtio_pci_fail_requests(struct virtio_pci_queue *q);

/**
 * Writes the answer of a request that has failed, if it wants one.
 * @return how many bytes that were, -1 if this kind of device knows no answer
 */
int virtio_pci_answer(const struct virtio_pci_queue *q, uint16_t head);

/** Looks whether the device asks for a reset, which is a failure. */
void virtio_pci_look(struct virtio_pci *d);

/** Has the device interrupt for its queues. @return 0, or an error number */
int virtio_pci_use_interrupts(struct virtio_pci *d);

/** Has the selected queue interrupt. @return false if the device refuses */
bool virtio_pci_set_vector(struct virtio_pci *d, uint16_t id);

/* What Unikraft's drivers call of virtio_pci_status.c */
void virtio_pci_reset(struct virtio_dev *vdev);
__u64 virtio_pci_features_get(struct virtio_dev *vdev);
void virtio_pci_features_set(struct virtio_dev *vdev);
__u8 virtio_pci_status_get(struct virtio_dev *vdev);
void virtio_pci_status_set(struct virtio_dev *vdev, __u8 status);

/* Of virtio_pci_config.c */
int virtio_pci_config_set(struct virtio_dev *vdev, __u16 offset,
			  const void *buf, __u32 len);
int virtio_pci_config_get(struct virtio_dev *vdev, __u16 offset, void *buf,
			  __u32 len, __u8 type_len);

/* And of virtio_pci_queues.c */
int virtio_pci_find_queues(struct virtio_dev *vdev, __u16 count,
			   __u16 *sizes);
struct virtqueue *virtio_pci_queue_setup(struct virtio_dev *vdev, __u16 id,
					 __u16 size,
					 virtqueue_callback_t callback,
					 struct uk_alloc *a);
void virtio_pci_queue_release(struct virtio_dev *vdev, struct virtqueue *vq,
			      struct uk_alloc *a);

#endif /* PLAT_VIRTIO_PCI_H */
