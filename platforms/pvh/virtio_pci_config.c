/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/virtio-pci/virtio_pci_config.c. DO NOT EDIT. */
/*
 * Status, features and configuration of a modern device.
 * Source: Virtual I/O Device specification 1.2, 3.1.1 (order), 4.1.3.1 (width
 * of accesses), 4.1.4.3 (common registers).
 */
#include <errno.h>

#include <plat/clock.h>
#include <plat/core.h>
#include <plat/virtio_pci.h>

#define RESET_PATIENCE		NSEC_PER_SEC
#define GENERATIONS_MAX		100
#define FEATURE_VERSION_1	(1UL << VIRTIO_F_VERSION_1)
/* The device's memory is the platform's: a device may insist on it */
#define FEATURE_PLATFORM	(1UL << 33)

static void say(void (*how)(const char *fmt, ...), const struct virtio_pci *d,
		const char *what)
{
	how("virtio-pci: device %x:%x.%x %s", d->function.bus,
	    d->function.device, d->function.function, what);
}

static void complain(const struct virtio_pci *d, const char *what)
{
	say(core_error, d, what);
}

void virtio_pci_reset(struct virtio_dev *vdev)
{
	struct virtio_pci *const d = virtio_pci_of(vdev);
	const uint64_t end = clock_monotonic() + RESET_PATIENCE;

	d->common->status = 0;
	while (d->common->status)
		if (clock_monotonic() > end) {
			complain(d, "does not end its reset");
			return;
		}
}

__u8 virtio_pci_status_get(struct virtio_dev *vdev)
{
	return virtio_pci_of(vdev)->common->status;
}

void virtio_pci_status_set(struct virtio_dev *vdev, __u8 status)
{
	struct virtio_pci *const d = virtio_pci_of(vdev);
	const uint8_t old = d->common->status;

	d->common->status = old | status;
	if (status & ~old & VIRTIO_CONFIG_STATUS_FEATURES_OK &&
	    !(d->common->status & VIRTIO_CONFIG_STATUS_FEATURES_OK))
		complain(d, "refuses the features");
}

__u64 virtio_pci_features_get(struct virtio_dev *vdev)
{
	struct virtio_pci *const d = virtio_pci_of(vdev);
	uint64_t features;

	d->common->device_feature_select = 1;
	features = (uint64_t)d->common->device_feature << 32;
	d->common->device_feature_select = 0;
	return features | d->common->device_feature;
}

void virtio_pci_features_set(struct virtio_dev *vdev)
{
	struct virtio_pci *const d = virtio_pci_of(vdev);
	uint64_t features;

	vdev->features = virtqueue_feature_negotiate(vdev->features);
	/* It matters to a device that insists, which then refuses the features */
	if (!(vdev->features & FEATURE_VERSION_1))
		say(core_log, d, "is driven without VIRTIO_F_VERSION_1");
	features = vdev->features |
		   (virtio_pci_features_get(vdev) & FEATURE_PLATFORM);
	d->common->driver_feature_select = 1;
	d->common->driver_feature = (uint32_t)(features >> 32);
	d->common->driver_feature_select = 0;
	d->common->driver_feature = (uint32_t)features;
}

static bool in_config(const struct virtio_pci *d, __u16 offset, __u32 len)
{
	return d->config && offset <= d->config_size &&
	       len <= d->config_size - offset;
}

/* Numbers as wide as they are, 64 bits as two halves, all else by bytes */
static void read_config(const struct virtio_pci *d, __u16 offset, void *buf,
			__u32 len)
{
	volatile uint8_t *const from = d->config + offset;
	uint8_t *const bytes = buf;
	uint32_t *const words = buf;
	uint32_t i;

	if (len == 2 && !(offset % 2))
		*(uint16_t *)buf = *(volatile uint16_t *)from;
	else if ((len == 4 || len == 8) && !(offset % 4))
		for (i = 0; i < len / 4; i++)
			words[i] = ((volatile uint32_t *)from)[i];
	else
		for (i = 0; i < len; i++)
			bytes[i] = from[i];
}

int virtio_pci_config_get(struct virtio_dev *vdev, __u16 offset, void *buf,
			  __u32 len, __u8 type_len __unused)
{
	struct virtio_pci *const d = virtio_pci_of(vdev);
	unsigned int tries = 0;
	uint8_t generation;

	if (!in_config(d, offset, len))
		return -EFAULT;
	do {
		generation = d->common->generation;
		read_config(d, offset, buf, len);
		if (generation == d->common->generation)
			return 0;
	} while (++tries < GENERATIONS_MAX);
	complain(d, "never stops changing its configuration");
	return -EAGAIN;
}

int virtio_pci_config_set(struct virtio_dev *vdev, __u16 offset,
			  const void *buf, __u32 len)
{
	struct virtio_pci *const d = virtio_pci_of(vdev);
	const uint8_t *const bytes = buf;
	uint32_t i;

	if (!in_config(d, offset, len))
		return -EFAULT;
	for (i = 0; i < len; i++)
		d->config[offset + i] = bytes[i];
	return 0;
}
