/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/pci/pci_window.c. DO NOT EDIT. */
/*
 * Addresses for registers that firmware gave none. They are taken from the end
 * of the machine's window, below all that has an address already, and for the
 * host's first bus only, since bridges forward what firmware told them to.
 */
#include <stddef.h>

#include <plat/core.h>
#include <plat/pci.h>
#include <plat/pci_dsdt.h>

static struct pci_range window;	/* what is free of it */
static bool searched;

static void stay_below(uint64_t address)
{
	if (address >= window.start && address < window.end)
		window.end = address;
}

static bool note_addresses(const struct pci_function *f, void *arg)
{
	const bool is_bridge = (pci_read8(f, PCI_HEADER_TYPE) &
				~PCI_MULTIFUNCTION) == PCI_HEADER_BRIDGE;
	const unsigned int count = is_bridge ? 2 : 6;
	unsigned int i;
	uint32_t value;

	(void)arg;
	for (i = 0; i < count; i++) {
		value = pci_read(f, PCI_BARS + i * 4);
		if (!(value & PCI_BAR_IO))
			stay_below(value & ~PCI_BAR_FLAGS);
	}
	if (is_bridge) {
		value = pci_read(f, PCI_BRIDGE_MEMORY);
		if (value >> 20 >= (value & 0xfff0) >> 4)
			stay_below((value & 0xfff0U) << 16);
	}
	return true;
}

uint64_t pci_window_take(const struct pci_function *f, uint64_t size)
{
	uint64_t at;

	if (!searched) {
		searched = true;
		window = pci_dsdt_window();
		pci_walk(note_addresses, NULL);
	}
	at = size > window.end ? 0 : (window.end - size) & ~(size - 1);
	if (f->bus != pci_host_first_bus(f->host) || !at ||
	    at < window.start) {
		core_error("PCI: no address for 0x%lx bytes of %x:%x.%x",
			   (unsigned long)size, f->bus, f->device,
			   f->function);
		return 0;
	}
	window.end = at;
	return at;
}
