/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/pci/pci_bars.c. DO NOT EDIT. */
/*
 * A BAR tells its size by the bits that do not change when all are set. The
 * device must not answer meanwhile: its registers would lie elsewhere.
 * Source: PCI Local Bus specification 3.0, 6.2.5.1.
 */
#include <stddef.h>

#include <plat/core.h>
#include <plat/device_map.h>
#include <plat/pci.h>

#define BAR_TYPE	6U
#define BAR_64_BIT	4U

static unsigned int reg_of(unsigned int index)
{
	return PCI_BARS + index * 4;
}

static bool is_wide(uint32_t bar)
{
	return !(bar & PCI_BAR_IO) && (bar & BAR_TYPE) == BAR_64_BIT;
}

/* Whether a BAR begins here, and is not the upper half of the one before */
static bool bar_begins(const struct pci_function *f, unsigned int index)
{
	const unsigned int type = pci_read8(f, PCI_HEADER_TYPE) &
				  ~PCI_MULTIFUNCTION;
	const unsigned int count = type == PCI_HEADER_DEVICE ? 6 :
				   type == PCI_HEADER_BRIDGE ? 2 : 0;
	unsigned int i = 0;

	while (i < index)
		i += is_wide(pci_read(f, reg_of(i))) ? 2 : 1;
	return i == index && index < count &&
	       !(index + 1 == count && is_wide(pci_read(f, reg_of(index))));
}

static uint64_t get(const struct pci_function *f, unsigned int reg, bool wide)
{
	const uint64_t low = pci_read(f, reg) & ~PCI_BAR_FLAGS;

	return wide ? (uint64_t)pci_read(f, reg + 4) << 32 | low : low;
}

static void set(const struct pci_function *f, unsigned int reg, bool wide,
		uint64_t value)
{
	pci_write(f, reg, (uint32_t)value);
	if (wide)
		pci_write(f, reg + 4, (uint32_t)(value >> 32));
}

bool pci_bar(const struct pci_function *f, unsigned int index,
	     struct pci_bar *bar)
{
	const unsigned int reg = reg_of(index);
	uint32_t command;
	uint64_t bits;
	bool wide;

	if (index >= 6 || !bar_begins(f, index) || pci_read(f, reg) & PCI_BAR_IO)
		return false;
	wide = is_wide(pci_read(f, reg));
	command = pci_read(f, PCI_COMMAND) & PCI_COMMAND_BITS;
	pci_write(f, PCI_COMMAND,
		  command & ~(PCI_COMMAND_IO | PCI_COMMAND_MEMORY));
	bar->address = get(f, reg, wide);
	set(f, reg, wide, UINT64_MAX);
	bits = get(f, reg, wide);
	bar->size = bits & -bits;	/* the lowest bit that can be set */
	if (bar->size && !bar->address)
		bar->address = pci_window_take(f, bar->size);
	set(f, reg, wide, bar->address);
	pci_write(f, PCI_COMMAND, command);
	return bar->size && bar->address;
}

volatile void *pci_map(const struct pci_function *f, unsigned int index,
		       uint32_t offset, uint32_t size)
{
	struct pci_bar bar;

	if (!size || !pci_bar(f, index, &bar) || offset > bar.size ||
	    size > bar.size - offset || bar.address > UINT64_MAX - bar.size)
		return NULL;
	return device_map(bar.address + offset, size);
}
