/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A BAR tells its size by the bits that do not change when all are set. The
 * device must not answer meanwhile: its registers would lie elsewhere.
 * Source: PCI Local Bus specification 3.0, 6.2.5.1.
 */
#include <stddef.h>

#include <plat/core.h>
#include <plat/device_map.h>
#include <plat/pci.h>
#include <plat/pci_setup.h>

static unsigned int reg_of(unsigned int index)
{
	return PCI_BARS + index * 4;
}

static bool is_wide(uint32_t bar)
{
	return !(bar & PCI_BAR_IO) && (bar & PCI_BAR_TYPE) == PCI_BAR_64_BIT;
}

/* Whether a BAR begins here, and is not the upper half of the one before */
static bool bar_begins(const struct pci_function *f, unsigned int index)
{
	const unsigned int type = pci_read8(f, PCI_HEADER_TYPE) &
				  ~PCI_MULTIFUNCTION;
	const unsigned int count = type == PCI_HEADER_DEVICE ? PCI_DEVICE_BARS :
				   type == PCI_HEADER_BRIDGE ? PCI_BRIDGE_BARS
							     : 0;
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

/* Puts `value` there and reads it back, while the device does not answer. */
static uint64_t try_bar(const struct pci_function *f, unsigned int reg,
			bool wide, uint64_t value, uint64_t after)
{
	const uint32_t command = pci_read(f, PCI_COMMAND) & PCI_COMMAND_BITS;
	uint64_t read;

	pci_write(f, PCI_COMMAND,
		  command & ~(PCI_COMMAND_IO | PCI_COMMAND_MEMORY));
	set(f, reg, wide, value);
	read = get(f, reg, wide);
	set(f, reg, wide, after);
	pci_write(f, PCI_COMMAND, command);
	return read;
}

static bool is_kept(const struct pci_function *f, unsigned int index,
		    const struct pci_bar *bar, uint64_t read)
{
	if (read == bar->address)
		return true;
	core_error("PCI: BAR %u of %x:%x.%x does not keep its address, it is not used",
		   index, f->bus, f->device, f->function);
	return false;
}

static bool measure_bar(const struct pci_function *f, unsigned int index,
			struct pci_bar *bar)
{
	const unsigned int reg = reg_of(index);
	uint64_t bits;
	bool wide;

	if (!bar_begins(f, index) || pci_read(f, reg) & PCI_BAR_IO)
		return false;
	wide = is_wide(pci_read(f, reg));
	bar->address = get(f, reg, wide);
	bits = try_bar(f, reg, wide, UINT64_MAX, bar->address);
	bar->size = bits & -bits;	/* the lowest bit that can be set */
	return bar->size && is_kept(f, index, bar, get(f, reg, wide));
}

static void place_bar(const struct pci_function *f, unsigned int index,
		      struct pci_bar *bar, bool behind_bridge,
		      enum pci_reach reach)
{
	const unsigned int reg = reg_of(index);
	const uint32_t flags = pci_read(f, reg) & PCI_BAR_FLAGS;
	const bool wide = is_wide(flags);

	if (!wide || (behind_bridge && !(flags & PCI_BAR_PREFETCH)))
		reach = PCI_REACH_LOW;
	bar->address = pci_window_take(bar->size, reach);
	if (!bar->address)
		core_error("PCI: no address for 0x%lx bytes of %x:%x.%x",
			   (unsigned long)bar->size, f->bus, f->device,
			   f->function);
	else if (!is_kept(f, index, bar, try_bar(f, reg, wide, bar->address,
						 bar->address)))
		bar->address = 0;
}

void pci_place_bars(const struct pci_function *f, bool behind_bridge,
		    enum pci_reach reach)
{
	struct pci_bar bar;
	unsigned int i;

	for (i = 0; i < PCI_DEVICE_BARS; i++)
		if (bar_begins(f, i) &&
		    !get(f, reg_of(i), is_wide(pci_read(f, reg_of(i)))) &&
		    measure_bar(f, i, &bar))
			place_bar(f, i, &bar, behind_bridge, reach);
}

bool pci_bar(const struct pci_function *f, unsigned int index,
	     struct pci_bar *bar)
{
	if (index >= PCI_DEVICE_BARS || !measure_bar(f, index, bar))
		return false;
	if (!bar->address && f->bus == pci_host_first_bus(f->host))
		place_bar(f, index, bar, false, PCI_REACH_ALL);
	return bar->address;
}

void pci_enable(const struct pci_function *f, bool intx)
{
	uint32_t command = pci_read(f, PCI_COMMAND) & PCI_COMMAND_BITS;

	if (!(command & PCI_COMMAND_MEMORY) &&
	    f->bus == pci_host_first_bus(f->host))
		pci_place_bars(f, false, PCI_REACH_ALL);
	command |= PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER;
	if (intx)
		command &= ~PCI_COMMAND_NO_INTX;
	else
		command |= PCI_COMMAND_NO_INTX;
	pci_write(f, PCI_COMMAND, command);
}

void pci_disable(const struct pci_function *f)
{
	const uint32_t command = pci_read(f, PCI_COMMAND) & PCI_COMMAND_BITS;

	pci_write(f, PCI_COMMAND, (command & ~PCI_COMMAND_MASTER) |
				  PCI_COMMAND_NO_INTX);
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
