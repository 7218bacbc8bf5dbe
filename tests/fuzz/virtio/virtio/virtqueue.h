/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Instead of Unikraft's header, as far as the platform needs it.
 */
#ifndef FUZZ_VIRTQUEUE_H
#define FUZZ_VIRTQUEUE_H

#include <virtio/virtio_bus.h>

struct virtqueue *virtqueue_create(__u16 id, __u16 size, __u16 align,
				   virtqueue_callback_t callback,
				   virtqueue_notify_host_t notify,
				   struct virtio_dev *vdev, struct uk_alloc *a);
void virtqueue_destroy(struct virtqueue *vq, struct uk_alloc *a);
uint64_t virtqueue_physaddr(struct virtqueue *vq);
uint64_t virtqueue_get_avail_addr(struct virtqueue *vq);
uint64_t virtqueue_get_used_addr(struct virtqueue *vq);
__u64 virtqueue_feature_negotiate(__u64 features);
int virtqueue_ring_interrupt(void *vq);

#endif /* FUZZ_VIRTQUEUE_H */
