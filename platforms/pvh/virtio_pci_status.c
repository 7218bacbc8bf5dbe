/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/virtio-pci/virtio_pci_status.c. DO NOT EDIT. */
/*
 * Status and features of a modern device. Unikraft's calls for both return
 * nothing: a device that refuses is stopped, and the next call that can fails.
 * Source: Virtual I/O Device specification 1.2, 2.1 (status), 3.1.1 (order),
 * 4.1.4.3 (common registers).
 */
#include <errno.h>

#include <plat/clock.h>
#include <plat/core.h>
#include <plat/virtio_pci.h>

#define RESET_PATIENCE		NSEC_PER_SEC
#define FEATURE_VERSION_1	(1UL << VIRTIO_F_VERSION_1)
/* The device's memory is the platform's: a device may insist on it */
#define FEATURE_PLATFORM	(1UL << 33)

void virtio_pci_stop(struct virtio_pci *d)
{
	d->refused = true;
	d->status |= VIRTIO_CONFIG_STATUS_FAIL;
	d->common->status = d->status;
	pci_disable(&d->function);
	virtio_pci_take_over(d);
}

int virtio_pci_refuse(struct virtio_pci *d, const char *why)
{
	core_error("virtio-pci: device %x:%x.%x is not used: it %s",
		   d->function.bus, d->function.device, d->function.function,
		   why);
	virtio_pci_stop(d);
	return -EIO;
}

void virtio_pci_reset(struct virtio_dev *vdev)
{
	struct virtio_pci *const d = virtio_pci_of(vdev);
	const uint64_t end = clock_monotonic() + RESET_PATIENCE;

	if (d->refused)
		return;
	d->status = 0;
	d->common->status = 0;
	while (d->common->status)
		if (clock_monotonic() > end) {
			virtio_pci_refuse(d, "does not end its reset");
			return;
		}
}

__u8 virtio_pci_status_get(struct virtio_dev *vdev)
{
	struct virtio_pci *const d = virtio_pci_of(vdev);

	return d->refused ? VIRTIO_CONFIG_STATUS_FAIL : d->common->status;
}

/* Why a device cannot go on with what it was told last; NULL if it can */
static const char *fault_of(const struct virtio_pci *d)
{
	const uint8_t now = d->common->status, lost = d->status & ~now;

	if (now & VIRTIO_PCI_NEEDS_RESET)
		return "asks for a reset";
	if (lost & VIRTIO_CONFIG_STATUS_FEATURES_OK)
		return "refuses the features";
	return lost ? "does not keep its status" : NULL;
}

/* Drivers name the steps that they have reached, and not always all of them. */
void virtio_pci_status_set(struct virtio_dev *vdev, __u8 status)
{
	struct virtio_pci *const d = virtio_pci_of(vdev);
	const char *fault;

	if (d->refused)
		return;
	d->status |= status;
	d->common->status = d->status;
	if (status & VIRTIO_CONFIG_STATUS_FAIL)
		return;
	fault = fault_of(d);
	/* Its interrupt may have told of the fault already. */
	if (fault && !d->refused)
		virtio_pci_refuse(d, fault);
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

/*
 * What the transport takes by itself, if the device offers it. Only frames of a
 * network look otherwise without VIRTIO_F_VERSION_1: its driver must choose.
 */
static uint64_t features_of_transport(const struct virtio_pci *d)
{
	return d->vdev.id.virtio_device_id == VIRTIO_PCI_NETWORK ?
	       FEATURE_PLATFORM : FEATURE_PLATFORM | FEATURE_VERSION_1;
}

void virtio_pci_features_set(struct virtio_dev *vdev)
{
	struct virtio_pci *const d = virtio_pci_of(vdev);
	uint64_t features;

	vdev->features = virtqueue_feature_negotiate(vdev->features);
	features = vdev->features |
		   (virtio_pci_features_get(vdev) & features_of_transport(d));
	/* It matters to a device that insists and then refuses the features. */
	if (!(features & FEATURE_VERSION_1))
		core_log("virtio-pci: device %x:%x.%x is driven without VIRTIO_F_VERSION_1",
			 d->function.bus, d->function.device,
			 d->function.function);
	d->common->driver_feature_select = 1;
	d->common->driver_feature = (uint32_t)(features >> 32);
	d->common->driver_feature_select = 0;
	d->common->driver_feature = (uint32_t)features;
	/* Some drivers look for their queues before they say so. */
	virtio_pci_status_set(vdev, VIRTIO_CONFIG_STATUS_FEATURES_OK);
}

/* Two steps: some hosts ignore a step that leaves one out. */
bool virtio_pci_try(struct virtio_pci *d)
{
	virtio_pci_reset(&d->vdev);
	virtio_pci_status_set(&d->vdev, VIRTIO_CONFIG_STATUS_ACK);
	virtio_pci_status_set(&d->vdev, VIRTIO_CONFIG_STATUS_DRIVER);
	return !d->refused;
}
