/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the readers ask the machine: controllers, the MP table, and the bridges on
 * the way from a device to the host. Included once, together with the readers.
 */
#ifndef FUZZ_PCI_IRQ_MACHINE_H
#define FUZZ_PCI_IRQ_MACHINE_H

#include "pci_irq_tables.h"

#define DEEPEST_CHAIN	3
#define FIRMWARES_LINE	11

/* The device that is asked about, and the bridges on its way to the host */
static struct pci_function chain[DEEPEST_CHAIN + 1];
static unsigned int chain_pin, bridges, mp_device;
static bool have_ioapic, told_level, told_low;

bool acpi_copy(const char signature[4], void *to, size_t size)
{
	(void)signature;
	(void)to;
	return !size;
}

const struct acpi_header *acpi_dsdt(const struct acpi_fadt *fadt)
{
	(void)fadt;
	return NULL;
}

bool ioapic_present(void)
{
	return have_ioapic;
}

int ioapic_line_of(uint32_t gsi)
{
	return gsi < IOAPIC_GSIS ? (int)gsi : -1;
}

int ioapic_mp_line(uint8_t bus, uint8_t device, unsigned int pin)
{
	must(pin < 4, "there are four pins");
	return mp_device && bus == host_bus && device == mp_device ?
	       20 + (int)pin : -1;
}

bool irq_line_wire(unsigned int irq, bool level, bool low)
{
	told_level = level;
	told_low = low;
	return irq < IOAPIC_GSIS;
}

uint16_t pci_host_segment(unsigned int host)
{
	return host == 1;
}

uint8_t pci_host_first_bus(unsigned int host)
{
	must(host < 2, "there are two hosts");
	return host_bus;
}

uint32_t pci_read(const struct pci_function *f, unsigned int reg)
{
	must(reg == PCI_INTERRUPT && f->bus == chain[0].bus, "its own register");
	return (chain_pin + 1) << 8 | FIRMWARES_LINE;
}

bool pci_bridge_to(const struct pci_function *f, struct pci_function *bridge)
{
	unsigned int i;

	for (i = 0; i < bridges; i++)
		if (chain[i].bus == f->bus) {
			*bridge = chain[i + 1];
			return true;
		}
	return false;
}

#endif /* FUZZ_PCI_IRQ_MACHINE_H */
