/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/virtio-pci/virtio_pci_claim.c. DO NOT EDIT. */
/*
 * Unikraft's legacy driver takes every function of virtio's vendor, and waits
 * for whichever interrupt firmware has written down. This driver comes before
 * it in the list: it keeps what is driven the modern way and passes the rest
 * on.
 */
#include <errno.h>

#include <uk/bus/pci.h>

#include <plat/core.h>
#include <plat/irq_lines.h>
#include <plat/virtio_pci_claim.h>

#define VENDOR	0x1af4

static const struct pci_device_id ids[] = {
	{ PCI_DEVICE_ID(VENDOR, PCI_ANY_ID) },
	{ PCI_ANY_DEVICE_ID },
};

static int claim_device(struct pci_device *dev);

static struct pci_driver driver = {
	.device_ids = ids,
	.add_dev = claim_device,
};

/* The legacy driver stands behind this one: LIBVIRTIO_PCI brings both. */
static struct pci_driver *legacy_driver(void)
{
	struct pci_driver *next = uk_list_next_entry(&driver, list);

	while (next->device_ids->vendor_id != VENDOR)
		next = uk_list_next_entry(next, list);
	return next;
}

static int claim_device(struct pci_device *dev)
{
	if (virtio_pci_claimed(dev->addr.bus, dev->addr.devid,
			       dev->addr.function))
		return 0;
	/* No device has the line of the timer. */
	if (!dev->irq || !irq_line_wire(dev->irq, true, true)) {
		core_error("virtio-pci: device %x:%x.%x is not used, no controller has interrupt %u",
			   dev->addr.bus, dev->addr.devid, dev->addr.function,
			   (unsigned int)dev->irq);
		return -ENODEV;
	}
	dev->drv = legacy_driver();
	return dev->drv->add_dev(dev);
}

static void register_driver(void)
{
	_pci_register_driver(&driver);
}

UK_CTOR_PRIO(register_driver, UK_BUS_REGISTER_PRIO);
