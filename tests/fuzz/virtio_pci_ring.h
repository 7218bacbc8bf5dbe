/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Unikraft's queues, as far as the transport and a driver see them. A part of
 * virtio_pci_core.h.
 */
#ifndef FUZZ_VIRTIO_PCI_RING_H
#define FUZZ_VIRTIO_PCI_RING_H

struct virtqueue *virtqueue_create(__u16 id, __u16 size, __u16 align,
				   virtqueue_callback_t callback,
				   virtqueue_notify_host_t notify_host,
				   struct virtio_dev *vdev, struct uk_alloc *a)
{
	struct virtqueue *const vq = uk_calloc(a, 1, sizeof(*vq));

	(void)callback;
	must(align == 4096, "a ring begins with a page");
	vq->vdev = vdev;
	vq->queue_id = id;
	vq->size = size;
	vq->room = size;
	vq->vq_notify_host = notify_host;
	return vq;
}

void virtqueue_destroy(struct virtqueue *vq, struct uk_alloc *a)
{
	must(!common.queue_enable || is_cut, "no ring of a device is freed");
	uk_free(a, vq);
}

uint64_t virtqueue_physaddr(struct virtqueue *vq) { return vq->address; }
__u64 virtqueue_feature_negotiate(__u64 features) { return features; }

uint64_t virtqueue_get_avail_addr(struct virtqueue *vq)
{
	return vq->address + AVAILABLE_AT;
}

uint64_t virtqueue_get_used_addr(struct virtqueue *vq)
{
	return vq->address + USED_AT;
}

int virtqueue_ring_interrupt(void *vq)
{
	must(vq != NULL, "a queue that is set up");
	return rings++ < 0x10000;
}

/* A request of two descriptors, what is asked and where the answer goes */
static void put_request(struct virtqueue *vq)
{
	const uint16_t head = (uint16_t)(available[1] * step % vq->size);
	const uint16_t next = (uint16_t)((head + 1) % vq->size);
	const uint64_t at = BUFFERS_AT + head * BUFFER;

	descriptors[head] = (struct virtio_pci_descriptor){
		.address = at, .length = BUFFER / 2, .flags = 1, .next = next,
	};
	descriptors[next] = (struct virtio_pci_descriptor){
		.address = at + BUFFER / 2, .length = BUFFER / 2, .flags = 2,
	};
	memset(core_phys(at), 0, BUFFER);
	memset(core_phys(at), (uint8_t)(0x10 + head), BUFFER / 2);
	available[2 + available[1] % vq->size] = head;
	available[1]++;
}

/* @return how many there is room for, or an error */
static int enqueue(struct virtqueue *vq)
{
	if (!vq->room)
		return -ENOSPC;
	put_request(vq);
	return (int)--vq->room;
}

#endif /* FUZZ_VIRTIO_PCI_RING_H */
