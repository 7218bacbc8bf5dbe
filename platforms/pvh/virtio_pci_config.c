/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/virtio-pci/virtio_pci_config.c. DO NOT EDIT. */
/*
 * The registers that only a device of one type has.
 * Source: Virtual I/O Device specification 1.2, 2.5.1 (generations), 4.1.3.1
 * (width of accesses).
 */
#include <errno.h>

#include <plat/core.h>
#include <plat/virtio_pci.h>

#define GENERATIONS_MAX		100

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
	core_error("virtio-pci: device %x:%x.%x never stops changing its configuration",
		   d->function.bus, d->function.device, d->function.function);
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
