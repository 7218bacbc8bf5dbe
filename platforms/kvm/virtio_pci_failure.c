/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/virtio-pci/virtio_pci_failure.c. DO NOT EDIT. */
/*
 * A device that fails while it is in use. Only a reset would help, and
 * Unikraft's drivers have no way back from one: the device is not used any
 * more. Nobody can tell a driver that requests have failed, so a guest that
 * waits for an answer ends. A network's driver waits for none: frames are lost,
 * as on a cut cable.
 * Source: Virtual I/O Device specification 1.2, 2.1.1 (DEVICE_NEEDS_RESET), 2.7
 * (split queues).
 */
#include <plat/core.h>
#include <plat/virtio_pci.h>

#include <virtio/virtio_ids.h>

/* Words of an entry in the ring of what has been used */
#define USED_ENTRY	4

void virtio_pci_must_not_wait(const struct virtio_pci *d)
{
	if (d->vdev.id.virtio_device_id == VIRTIO_ID_NET)
		return;
	core_crash("virtio-pci: device %x:%x.%x has failed, and its driver waits for it",
		   d->function.bus, d->function.device, d->function.function);
}

/* Has the driver tell of its next request, whatever the device has asked for */
static void hear_of_requests(struct virtio_pci_queue *q)
{
	q->used->flags = 0;
	q->used->entries[USED_ENTRY * q->entries] = q->available->index;
}

void virtio_pci_fail(struct virtio_pci *d, const char *why)
{
	struct virtio_pci_queue *q;
	bool awaited = false;

	if (d->refused)
		return;
	core_error("virtio-pci: device %x:%x.%x is used no longer: it %s",
		   d->function.bus, d->function.device, d->function.function,
		   why);
	virtio_pci_stop(d);
	for (q = d->queues; q < d->queues + d->queue_count; q++) {
		if (!q->vq)
			continue;
		awaited |= q->available->index != q->used->index;
		hear_of_requests(q);
	}
	if (awaited)
		virtio_pci_must_not_wait(d);
}

void virtio_pci_look(struct virtio_pci *d)
{
	if (!d->refused && d->common->status & VIRTIO_PCI_NEEDS_RESET)
		virtio_pci_fail(d, "asks for a reset");
}
