/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/virtio-pci/virtio_pci_queues.c. DO NOT EDIT. */
/*
 * Queues. What a device says of them is checked when its driver looks for them:
 * not every driver can go back after that.
 * Source: Virtual I/O Device specification 1.2, 2.7 (split queues), 4.1.4.3
 * (common registers), 4.1.4.4 (notification), 4.1.5.1.3 (configuration).
 */
#include <errno.h>

#include <uk/alloc.h>

#include <plat/core.h>
#include <plat/virtio_pci.h>

#define RING_ALIGN	4096

static bool is_power_of_two(unsigned int n)
{
	return n != 0 && (n & (n - 1)) == 0;
}

static int no_queue(const struct virtio_pci *d, unsigned int id,
		    const char *why, unsigned int entries)
{
	core_error("virtio-pci: queue %u of %x:%x.%x is not used: %s (%u entries)",
		   id, d->function.bus, d->function.device,
		   d->function.function, why, entries);
	return -EINVAL;
}

/* Takes down what the device offers; of a queue that cannot work, nothing. */
static int look_at_queue(struct virtio_pci *d, uint16_t id)
{
	volatile struct virtio_pci_common *const c = d->common;
	struct virtio_pci_queue *const q = &d->queues[id];
	uint16_t size;
	uint64_t at;

	if (id >= c->queues)
		return no_queue(d, id, "the device has none", 0);
	c->queue_select = id;
	size = c->queue_size;
	at = (uint64_t)c->queue_notify_offset * d->notify_step;
	if (!is_power_of_two(size))
		return no_queue(d, id, "its size is no power of two", size);
	if (at % sizeof(*q->notify) ||
	    at + sizeof(*q->notify) > d->notify_size)
		return no_queue(d, id, "its notification is out of place",
				size);
	q->notify = (volatile uint16_t *)(d->notify + at);
	q->size = size;
	return 0;
}

int virtio_pci_find_queues(struct virtio_dev *vdev, __u16 count,
			   __u16 *sizes)
{
	struct virtio_pci *const d = virtio_pci_of(vdev);
	__u16 i;
	int rc;

	if (d->refused)
		return -EIO;
	d->queues = uk_calloc(d->alloc, count, sizeof(*d->queues));
	if (!d->queues)
		return -ENOMEM;
	d->queue_count = count;
	for (i = 0; i < count; i++) {
		d->queues[i].device = d;
		rc = look_at_queue(d, i);
		if (rc)
			return rc;
		sizes[i] = d->queues[i].size;
	}
	rc = virtio_pci_use_interrupts(d);
	return rc ? rc : count;
}

static int notify(struct virtio_dev *vdev, __u16 id)
{
	struct virtio_pci *const d = virtio_pci_of(vdev);

	*d->queues[id].notify = id;
	if (d->refused)
		virtio_pci_fail_requests(&d->queues[id]);
	return 0;
}

static void set_address(volatile uint32_t half[2], uint64_t address)
{
	half[0] = (uint32_t)address;
	half[1] = (uint32_t)(address >> 32);
}

/* Tells the device of a queue. @return 0, or what it refuses */
static int start_queue(struct virtio_pci *d, struct virtqueue *vq, __u16 id,
		       __u16 size)
{
	volatile struct virtio_pci_common *const c = d->common;
	struct virtio_pci_queue *const q = &d->queues[id];

	q->entries = size;
	q->descriptors = core_phys(virtqueue_physaddr(vq));
	q->available = core_phys(virtqueue_get_avail_addr(vq));
	q->used = core_phys(virtqueue_get_used_addr(vq));
	c->queue_select = id;
	c->queue_size = size;
	set_address(c->queue_descriptors, virtqueue_physaddr(vq));
	set_address(c->queue_available, virtqueue_get_avail_addr(vq));
	set_address(c->queue_used, virtqueue_get_used_addr(vq));
	if (!virtio_pci_set_vector(d, id)) {
		no_queue(d, id, "its message is refused", size);
		return -ENOSPC;
	}
	c->queue_enable = 1;
	/* QEMU before 5.0 shows the new size no sooner. */
	if (c->queue_size != size || c->queue_enable != 1)
		return virtio_pci_refuse(d, "does not take a queue");
	if (c->status & VIRTIO_PCI_NEEDS_RESET)
		return virtio_pci_refuse(d, "asks for a reset");
	return 0;
}

/*
 * 9p's driver asks for a size without a look at the device's, and cannot go on
 * without a queue. In a smaller one, a request that is too long fails.
 */
struct virtqueue *virtio_pci_queue_setup(struct virtio_dev *vdev, __u16 id,
					 __u16 size,
					 virtqueue_callback_t callback,
					 struct uk_alloc *a)
{
	struct virtio_pci *const d = virtio_pci_of(vdev);
	struct virtqueue *vq;
	int rc;

	if (d->refused)
		return ERR2PTR(-EIO);
	if (id >= d->queue_count)
		return ERR2PTR(-EINVAL);
	if (size > d->queues[id].size)
		size = d->queues[id].size;
	if (!is_power_of_two(size))
		return ERR2PTR(no_queue(d, id, "no power of two is asked for",
					size));
	vq = virtqueue_create(id, size, RING_ALIGN, callback, notify, vdev, a);
	if (PTRISERR(vq))
		return vq;
	rc = start_queue(d, vq, id, size);
	if (rc) {
		virtqueue_destroy(vq, a);
		return ERR2PTR(rc);
	}
	UK_TAILQ_INSERT_TAIL(&vdev->vqs, vq, next);
	/* Interrupts look here and not at the list. */
	__atomic_store_n(&d->queues[id].vq, vq, __ATOMIC_RELEASE);
	return vq;
}

void virtio_pci_queue_release(struct virtio_dev *vdev, struct virtqueue *vq,
			      struct uk_alloc *a)
{
	struct virtio_pci *const d = virtio_pci_of(vdev);

	__atomic_store_n(&d->queues[vq->queue_id].vq, NULL, __ATOMIC_RELEASE);
	UK_TAILQ_REMOVE(&vdev->vqs, vq, next);
	virtqueue_destroy(vq, a);
}
