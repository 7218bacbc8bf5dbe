/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Instead of Unikraft's header: its list of drivers, and what they are given.
 */
#ifndef FUZZ_UK_BUS_PCI_H
#define FUZZ_UK_BUS_PCI_H

#include <stdint.h>

#define PCI_ANY_ID		0xffff
#define PCI_DEVICE_ID(v, d)	.vendor_id = (v), .device_id = (d)
#define PCI_ANY_DEVICE_ID	PCI_DEVICE_ID(PCI_ANY_ID, PCI_ANY_ID)

struct pci_device_id {
	uint16_t vendor_id;
	uint16_t device_id;
};

struct pci_device {
	struct {
		int bus, devid, function;
	} addr;
	struct pci_driver *drv;
	unsigned long irq;
};

struct pci_driver {
	const struct pci_device_id *device_ids;
	int (*add_dev)(struct pci_device *dev);
	struct pci_driver *list;	/* the next one */
};

#define uk_list_next_entry(driver, member)	((driver)->member)

void _pci_register_driver(struct pci_driver *driver);

#define UK_BUS_REGISTER_PRIO		1
#define UK_CTOR_PRIO(ctor, priority)	\
	void (*const fuzzed_ctor)(void) = (ctor)

#endif /* FUZZ_UK_BUS_PCI_H */
