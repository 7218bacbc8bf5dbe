/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Addresses for registers that firmware gave none, out of the two ranges that
 * the DSDT assigns to PCI, below and above 4 GiB. They are taken from the end
 * of a range, below all that has an address already.
 */
#include <stddef.h>

#include <plat/device_map.h>
#include <plat/pci.h>
#include <plat/pci_dsdt.h>
#include <plat/pci_setup.h>

#define WINDOW_ALIGN	0x100000UL

/* Large registers leave the range below 4 GiB to those that must be there. */
#define LARGE_SHARE	8

static struct pci_range low, high;	/* what is free of them */
static uint64_t large;
static bool searched;

static void stay_below(uint64_t address)
{
	if (address >= low.start && address < low.end)
		low.end = address;
	if (address >= high.start && address < high.end)
		high.end = address;
}

static void note_bars(const struct pci_function *f, unsigned int count)
{
	uint64_t address;
	unsigned int i;
	uint32_t value;

	for (i = 0; i < count; i++) {
		value = pci_read(f, PCI_BARS + i * 4);
		if (value & PCI_BAR_IO)
			continue;
		address = value & ~PCI_BAR_FLAGS;
		if ((value & PCI_BAR_TYPE) == PCI_BAR_64_BIT && i + 1 < count)
			address |= (uint64_t)pci_read(f, PCI_BARS + ++i * 4)
				   << 32;
		stay_below(address);
	}
}

static void note_window(const struct pci_function *f, unsigned int reg,
			uint64_t above)
{
	const uint32_t value = pci_read(f, reg);

	if (value >> 20 >= (value & 0xfff0) >> 4)
		stay_below(above << 32 | (value & 0xfff0U) << 16);
}

static bool note_addresses(const struct pci_function *f, void *arg)
{
	(void)arg;
	if (!pci_is_bridge(f)) {
		note_bars(f, PCI_DEVICE_BARS);
		return true;
	}
	note_bars(f, PCI_BRIDGE_BARS);
	note_window(f, PCI_BRIDGE_MEMORY, 0);
	note_window(f, PCI_BRIDGE_PREFETCH,
		    pci_read(f, PCI_BRIDGE_PREFETCH_BASE));
	return true;
}

static struct pci_range whole_steps(struct pci_range r, uint64_t end)
{
	if (r.end > end)
		r.end = end;
	r.start = (r.start + WINDOW_ALIGN - 1) & ~(WINDOW_ALIGN - 1);
	if (r.start > r.end)
		r.start = r.end;
	return r;
}

static void search_windows(void)
{
	const uint64_t end = device_map_end();

	if (searched)
		return;
	searched = true;
	low = whole_steps(pci_dsdt_window(), end);
	high = whole_steps(pci_dsdt_high_window(), end);
	large = (low.end - low.start) / LARGE_SHARE;
	pci_walk_as_found(note_addresses, NULL);
}

static uint64_t take_from(struct pci_range *r, uint64_t size)
{
	uint64_t at;

	if (size > r->end - r->start)
		return 0;
	at = (r->end - size) & ~(size - 1);
	if (at < r->start || !at)
		return 0;
	r->end = at;
	return at;
}

uint64_t pci_window_take(uint64_t size, enum pci_reach reach)
{
	uint64_t at = 0;

	search_windows();
	if (reach == PCI_REACH_ALL && size >= large)
		at = take_from(&high, size);
	if (!at)
		at = take_from(&low, size);
	if (!at && reach == PCI_REACH_ALL)
		at = take_from(&high, size);
	return at;
}

uint64_t pci_window_align(bool above, uint64_t align)
{
	struct pci_range *const r = above ? &high : &low;

	search_windows();
	r->end &= ~(align - 1);
	if (r->end < r->start)
		r->end = r->start;
	return r->end;
}
