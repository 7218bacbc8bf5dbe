/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Instead of Unikraft's header: what lies between its drivers of virtio devices
 * and a transport.
 */
#ifndef FUZZ_VIRTIO_BUS_H
#define FUZZ_VIRTIO_BUS_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#define __unused	__attribute__((unused))

#define __containerof(ptr, type, field)	\
	((type *)((char *)(ptr) - offsetof(type, field)))

typedef uint8_t __u8;
typedef uint16_t __u16;
typedef uint32_t __u32;
typedef uint64_t __u64;

/* Errors as pointers */
#define ERR2PTR(error)	((void *)(intptr_t)(error))
#define PTR2ERR(ptr)	((int)(intptr_t)(ptr))
#define PTRISERR(ptr)	((intptr_t)(ptr) <= 0 && (intptr_t)(ptr) >= -512)

#define UK_TAILQ_INSERT_TAIL	TAILQ_INSERT_TAIL
#define UK_TAILQ_REMOVE		TAILQ_REMOVE

#define VIRTIO_CONFIG_STATUS_ACK		1
#define VIRTIO_CONFIG_STATUS_DRIVER		2
#define VIRTIO_CONFIG_STATUS_DRIVER_OK		4
#define VIRTIO_CONFIG_STATUS_FEATURES_OK	8
#define VIRTIO_CONFIG_STATUS_FAIL		0x80
#define VIRTIO_F_VERSION_1			32

struct uk_alloc;
struct virtio_dev;
struct virtqueue;

typedef int (*virtqueue_callback_t)(struct virtqueue *vq, void *priv);
typedef int (*virtqueue_notify_host_t)(struct virtio_dev *vdev, __u16 id);

struct virtqueue {
	struct virtio_dev *vdev;
	__u16 queue_id;
	__u16 size;
	virtqueue_notify_host_t vq_notify_host;
	TAILQ_ENTRY(virtqueue) next;
	uint64_t address;
	unsigned int room;
};

struct virtio_config_ops {
	void (*device_reset)(struct virtio_dev *vdev);
	int (*config_set)(struct virtio_dev *vdev, __u16 offset,
			  const void *buf, __u32 len);
	int (*config_get)(struct virtio_dev *vdev, __u16 offset, void *buf,
			  __u32 len, __u8 type_len);
	__u64 (*features_get)(struct virtio_dev *vdev);
	void (*features_set)(struct virtio_dev *vdev);
	__u8 (*status_get)(struct virtio_dev *vdev);
	void (*status_set)(struct virtio_dev *vdev, __u8 status);
	int (*vqs_find)(struct virtio_dev *vdev, __u16 count, __u16 *sizes);
	struct virtqueue *(*vq_setup)(struct virtio_dev *vdev, __u16 id,
				      __u16 size, virtqueue_callback_t callback,
				      struct uk_alloc *a);
	void (*vq_release)(struct virtio_dev *vdev, struct virtqueue *vq,
			   struct uk_alloc *a);
};

struct virtio_dev {
	__u64 features;
	TAILQ_HEAD(, virtqueue) vqs;
	struct {
		__u16 virtio_device_id;
	} id;
	struct virtio_config_ops *cops;
};

int virtio_bus_register_device(struct virtio_dev *vdev);

#endif /* FUZZ_VIRTIO_BUS_H */
