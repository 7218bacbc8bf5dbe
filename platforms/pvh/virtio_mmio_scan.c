/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/virtio-mmio/virtio_mmio_scan.c. DO NOT EDIT. */
/*
 * ACPI calls these devices LNRO0005 and lists their resources in a buffer of
 * the name _CRS. Source: ACPI specification 6.5, 6.4 (resources).
 */
#include <plat/acpi.h>
#include <plat/aml.h>
#include <plat/virtio_mmio.h>

#define DEVICE_NAME		"LNRO0005"
#define RESOURCES_NAME		"_CRS"

/* How far a device's resources may be from its name: some other properties */
#define NEAR			256

#define MEMORY32_LENGTH		9	/* flags, base, size */

static bool makes_sense(const struct virtio_mmio_slot *slot)
{
	return slot->size >= VIRTIO_MMIO_SIZE && !(slot->base & 3) &&
	       acpi_in_reach(slot->base, slot->size);
}

/* Takes the first memory range and the first interrupt of a list. */
static bool read_list(struct aml list, struct virtio_mmio_slot *slot)
{
	bool memory = false, line = false;
	struct aml_interrupt interrupt;
	struct aml_resource item;

	while (!(memory && line) && aml_next_resource(&list, &item)) {
		if (item.tag == AML_MEMORY32_FIXED && !memory &&
		    item.body.left >= MEMORY32_LENGTH) {
			aml_skip(&item.body, 1);
			slot->base = aml_bytes(&item.body, 4);
			aml_skip(&item.body, 4);
			slot->size = aml_bytes(&item.body, 4);
			memory = true;
		} else if (!line && aml_interrupt(&item, &interrupt)) {
			slot->level = interrupt.level;
			slot->low = interrupt.low;
			slot->gsi = interrupt.gsi;
			line = true;
		}
	}
	return memory && line && makes_sense(slot);
}

/* Looks for the resources near a device's name, not behind the next name. */
static bool read_device(struct aml a, struct virtio_mmio_slot *slot)
{
	struct aml list;

	if (a.left > NEAR)
		a.left = NEAR;
	for (; a.left && !aml_is(&a, DEVICE_NAME, sizeof(DEVICE_NAME));
	     aml_skip(&a, 1)) {
		list = a;
		if (!aml_is(&a, RESOURCES_NAME, AML_SEGMENT) ||
		    !aml_skip(&list, AML_SEGMENT))
			continue;
		list = aml_buffer(list);
		if (list.left)
			return read_list(list, slot);
	}
	return false;
}

unsigned int virtio_mmio_scan(struct aml code, struct virtio_mmio_slot *slots,
			      unsigned int max)
{
	unsigned int count = 0;

	for (; count < max && code.left >= sizeof(DEVICE_NAME);
	     aml_skip(&code, 1)) {
		if (!aml_is(&code, DEVICE_NAME, sizeof(DEVICE_NAME)))
			continue;
		aml_skip(&code, sizeof(DEVICE_NAME) - 1);
		count += read_device(code, &slots[count]);
	}
	return count;
}
