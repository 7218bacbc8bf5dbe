/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/virtio-pci/virtio_pci_bus.c. DO NOT EDIT. */
/*
 * Finds the devices, before Unikraft's own PCI bus looks for legacy ones. A
 * device that can do both is driven the modern way. Source: Virtual I/O Device
 * specification 1.2, 4.1.2 (ids), 4.1.4 (capabilities).
 */
#include <errno.h>

#include <uk/alloc.h>
#include <uk/bus.h>

#include <plat/core.h>
#include <plat/virtio_pci.h>
#include <plat/virtio_pci_claim.h>

#define VENDOR			0x1af4U
#define FIRST_TRANSITIONAL	0x1000U
#define FIRST_MODERN		0x1040U
#define LAST_MODERN		0x107fU

#define CAPABILITY_VENDOR	0x09
#define CAPABILITY_TYPE		3U
#define CAPABILITY_BAR		4U
#define CAPABILITY_OFFSET	8U
#define CAPABILITY_LENGTH	12U
#define CAPABILITY_STEP		16U	/* of notifications alone */
#define CAPABILITY_SIZE		16U
#define NOTIFY_SIZE		20U

enum { TYPE_COMMON = 1, TYPE_NOTIFY, TYPE_ISR, TYPE_DEVICE, TYPES };

#define CLAIMED_MAX		64

static struct virtio_config_ops ops = {
	.device_reset = virtio_pci_reset,
	.config_set = virtio_pci_config_set,
	.config_get = virtio_pci_config_get,
	.features_get = virtio_pci_features_get,
	.features_set = virtio_pci_features_set,
	.status_get = virtio_pci_status_get,
	.status_set = virtio_pci_status_set,
	.vqs_find = virtio_pci_find_queues,
	.vq_setup = virtio_pci_queue_setup,
	.vq_release = virtio_pci_queue_release,
};

static struct uk_alloc *alloc;
static struct pci_function claimed[CLAIMED_MAX];
static unsigned int claimed_count;

/* The registers of one type; the first capability of a type counts. */
static void take_registers(struct virtio_pci *d, uint8_t at)
{
	const struct pci_function *const f = &d->function;
	const uint32_t size = pci_read(f, at + CAPABILITY_LENGTH);
	const uint8_t type = pci_read8(f, at + CAPABILITY_TYPE);
	volatile void *const taken[TYPES] = {
		[TYPE_COMMON] = d->common, [TYPE_NOTIFY] = d->notify,
		[TYPE_ISR] = d->isr, [TYPE_DEVICE] = d->config,
	};
	volatile void *registers;

	if (type < TYPE_COMMON || type >= TYPES || taken[type] ||
	    (type == TYPE_COMMON && size < sizeof(*d->common)))
		return;
	if (type == TYPE_NOTIFY && at + NOTIFY_SIZE > PCI_CONFIG_SIZE) {
		core_error("virtio-pci: the notifications of %x:%x.%x are cut",
			   f->bus, f->device, f->function);
		return;
	}
	registers = pci_map(f, pci_read8(f, at + CAPABILITY_BAR),
			    pci_read(f, at + CAPABILITY_OFFSET), size);
	if (!registers)
		return;
	switch (type) {
	case TYPE_COMMON:
		d->common = registers;
		break;
	case TYPE_NOTIFY:
		d->notify = registers;
		d->notify_size = size;
		d->notify_step = pci_read(f, at + CAPABILITY_STEP);
		break;
	case TYPE_ISR:
		d->isr = registers;
		break;
	default:
		d->config = registers;
		d->config_size = size;
	}
}

/* The device's type, 0 for what is no virtio device */
static uint16_t type_of(const struct pci_function *f)
{
	const uint32_t id = pci_read(f, PCI_ID);
	const uint32_t device = id >> 16;

	if ((id & 0xffff) != VENDOR || device < FIRST_TRANSITIONAL ||
	    device > LAST_MODERN)
		return 0;
	if (device >= FIRST_MODERN)
		return (uint16_t)(device - FIRST_MODERN);
	return (uint16_t)(pci_read(f, PCI_SUBSYSTEM) >> 16);
}

/* A device without modern registers is left to Unikraft's own driver. */
static bool is_modern(struct virtio_pci *d)
{
	struct pci_capabilities c = pci_capabilities(&d->function);
	uint8_t at;

	while ((at = pci_next_capability(&d->function, &c, CAPABILITY_VENDOR,
					 CAPABILITY_SIZE)))
		take_registers(d, at);
	return d->common && d->notify && d->isr;
}

static bool add(const struct pci_function *f, void *arg)
{
	const uint16_t type = type_of(f);
	struct virtio_pci *d;
	int rc;

	(void)arg;
	if (!type || claimed_count == CLAIMED_MAX)
		return true;
	d = uk_calloc(alloc, 1, sizeof(*d));
	if (!d) {
		core_error("virtio-pci: no memory for a device");
		return false;
	}
	d->function = *f;
	d->alloc = alloc;
	d->vdev.cops = &ops;
	d->vdev.id.virtio_device_id = type;
	if (!is_modern(d)) {
		uk_free(alloc, d);
		return true;
	}
	claimed[claimed_count++] = *f;
	pci_enable(f, true);
	if (!virtio_pci_try(d)) {
		uk_free(alloc, d);
		return true;
	}
	rc = virtio_bus_register_device(&d->vdev);
	if (rc && !d->refused)
		core_error("virtio-pci: device %x:%x.%x of type %u is not used (%d)",
			   f->bus, f->device, f->function, type, rc);
	/* Its driver may keep a pointer to it, and so may its interrupt. */
	if (rc)
		virtio_pci_stop(d);
	return true;
}

bool virtio_pci_claimed(uint8_t bus, uint8_t device, uint8_t function)
{
	unsigned int i;

	for (i = 0; i < claimed_count; i++)
		if (!claimed[i].host && claimed[i].bus == bus &&
		    claimed[i].device == device &&
		    claimed[i].function == function)
			return true;
	return false;
}

static int bus_init(struct uk_alloc *a)
{
	alloc = a;
	return 0;
}

static int bus_probe(void)
{
	pci_walk(add, NULL);
	return 0;
}

static struct uk_bus bus = {
	.init = bus_init,
	.probe = bus_probe,
};

/* Probed in this order: before PCI's, initialised with all others */
UK_BUS_REGISTER_PRIORITY(&bus, 1);
