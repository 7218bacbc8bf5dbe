/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/pci/pci.c. DO NOT EDIT. */
/*
 * A bridge leads to buses of higher numbers, so that one pass over the numbers
 * meets each bus once, however bridges are linked. Source: PCI-to-PCI bridge
 * architecture specification 1.2, 3.2.5.4 (secondary bus number).
 */
#include <stddef.h>

#include <plat/core.h>
#include <plat/pci.h>

#define DEVICES		32
#define FUNCTIONS	8
#define BUSES		256
#define NO_VENDOR	0xffffU

#define FIRST_CAPABILITY	0x40
#define MOST_CAPABILITIES	((256 - FIRST_CAPABILITY) / 4)

/* One bit for each bus that was found and has not been searched */
struct buses {
	uint32_t bits[BUSES / 32];
};

static void look_behind(const struct pci_function *f, struct buses *open)
{
	const uint8_t header = pci_read8(f, PCI_HEADER_TYPE);
	const uint8_t behind = (uint8_t)(pci_read(f, PCI_BUSES) >> 8);

	if (pci_read(f, PCI_CLASS) >> 16 != PCI_CLASS_BRIDGE ||
	    (header & ~PCI_MULTIFUNCTION) != PCI_HEADER_BRIDGE || !behind)
		return;
	if (behind <= f->bus || behind > pci_host_last_bus(f->host))
		core_error("PCI: bridge %x:%x.%x leads to bus %x, it is skipped",
			   f->bus, f->device, f->function, behind);
	else
		open->bits[behind / 32] |= 1U << behind % 32;
}

static bool walk_bus(unsigned int host, unsigned int bus, struct buses *open,
		     bool (*found)(const struct pci_function *f, void *arg),
		     void *arg)
{
	struct pci_function f = { (uint8_t)host, (uint8_t)bus, 0, 0 };
	unsigned int functions;

	for (; f.device < DEVICES; f.device++) {
		functions = 1;
		for (f.function = 0; f.function < functions; f.function++) {
			if (pci_read16(&f, PCI_ID) == NO_VENDOR)
				continue;
			if (!f.function && pci_read8(&f, PCI_HEADER_TYPE) &
					   PCI_MULTIFUNCTION)
				functions = FUNCTIONS;
			look_behind(&f, open);
			if (!found(&f, arg))
				return false;
		}
	}
	return true;
}

void pci_walk(bool (*found)(const struct pci_function *f, void *arg),
	      void *arg)
{
	const unsigned int hosts = pci_hosts();
	struct buses open;
	unsigned int host, bus;

	for (host = 0; host < hosts; host++) {
		open = (struct buses){ { 0 } };
		bus = pci_host_first_bus(host);
		open.bits[bus / 32] |= 1U << bus % 32;
		for (; bus <= pci_host_last_bus(host); bus++)
			if (open.bits[bus / 32] & 1U << bus % 32 &&
			    !walk_bus(host, bus, &open, found, arg))
				return;
	}
}

struct pci_capabilities pci_capabilities(const struct pci_function *f)
{
	struct pci_capabilities c = { 0, MOST_CAPABILITIES };

	if (pci_read(f, PCI_COMMAND) & PCI_STATUS_CAPABILITIES)
		c.next = pci_read8(f, PCI_CAPABILITIES);
	return c;
}

uint8_t pci_next_capability(const struct pci_function *f,
			    struct pci_capabilities *c, uint8_t id)
{
	uint16_t head;
	uint8_t at;

	while (c->next >= FIRST_CAPABILITY) {
		if (!c->left--) {
			core_error("PCI: the capabilities of %x:%x.%x form a loop",
				   f->bus, f->device, f->function);
			*c = (struct pci_capabilities){ 0, 0 };
			return 0;
		}
		at = c->next & ~3U;	/* the low bits are reserved */
		head = pci_read16(f, at);
		c->next = (uint8_t)(head >> 8);
		if ((uint8_t)head == id)
			return at;
	}
	return 0;
}

void pci_enable(const struct pci_function *f, bool intx)
{
	uint32_t command = pci_read(f, PCI_COMMAND) & PCI_COMMAND_BITS;

	command |= PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER;
	if (intx)
		command &= ~PCI_COMMAND_NO_INTX;
	else
		command |= PCI_COMMAND_NO_INTX;
	pci_write(f, PCI_COMMAND, command);
}
