/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/pci/pci_bridge.c. DO NOT EDIT. */
/*
 * Bridges that no firmware has set up. The bus behind each gets a number above
 * all that are in use. Then what is behind it gets addresses, and all that was
 * taken meanwhile is the bridge's window. Above 4 GiB it forwards only what may
 * be fetched ahead. Ports are not forwarded.
 * Source: PCI-to-PCI bridge architecture specification 1.2, 3.2.5.
 */
#include <plat/core.h>
#include <plat/pci.h>
#include <plat/pci_setup.h>

#define DEEPEST		8
#define WINDOW_ALIGN	0x100000UL
#define WINDOW_BITS	0xfff0U
#define WINDOW_SHIFT	16
#define PREFETCH_TYPE	0xfU
#define PREFETCH_64_BIT	1U
#define NUMBERS		0x00ffffffU	/* of buses, below the latency */

/* What is behind one of them */
struct branch {
	unsigned int depth;
	enum pci_reach reach;
	bool can_grow;		/* takes bus numbers above all in use */
	uint8_t *highest;	/* of these numbers */
};

bool pci_is_bridge(const struct pci_function *f)
{
	return pci_read(f, PCI_CLASS) >> 16 == PCI_CLASS_BRIDGE &&
	       (pci_read8(f, PCI_HEADER_TYPE) & ~PCI_MULTIFUNCTION) ==
	       PCI_HEADER_BRIDGE;
}

static void enable_bridge(const struct pci_function *f)
{
	pci_write(f, PCI_COMMAND,
		  (pci_read(f, PCI_COMMAND) & PCI_COMMAND_BITS) |
		  PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
}

static void set_numbers(const struct pci_function *f, uint8_t behind,
			uint8_t last)
{
	pci_write(f, PCI_BUSES, (pci_read(f, PCI_BUSES) & ~NUMBERS) |
		  f->bus | (uint32_t)behind << 8 | (uint32_t)last << 16);
}

/* Both addresses of a window; one that ends before it begins is shut. */
static void set_window(const struct pci_function *f, unsigned int reg,
		       uint64_t start, uint64_t end)
{
	const uint64_t last = end - WINDOW_ALIGN;

	if (start < end)
		pci_write(f, reg,
			  (uint32_t)(start >> WINDOW_SHIFT & WINDOW_BITS) |
			  (uint32_t)(last & WINDOW_BITS << WINDOW_SHIFT));
	else
		pci_write(f, reg, WINDOW_BITS);
}

static void set_high_window(const struct pci_function *f, uint64_t start,
			    uint64_t end)
{
	const bool open = start < end;

	set_window(f, PCI_BRIDGE_PREFETCH, start, end);
	pci_write(f, PCI_BRIDGE_PREFETCH_BASE,
		  open ? (uint32_t)(start >> 32) : 0);
	pci_write(f, PCI_BRIDGE_PREFETCH_LIMIT,
		  open ? (uint32_t)((end - 1) >> 32) : 0);
}

static void set_up_bridge(const struct pci_function *f, const struct branch *b);

static bool set_up_behind(const struct pci_function *f, void *arg)
{
	const struct branch *const b = arg;

	if (pci_is_bridge(f))
		set_up_bridge(f, b);
	pci_place_bars(f, true, b->reach);
	return true;
}

static bool number_behind(const struct pci_function *f, const struct branch *b,
			  uint8_t *behind)
{
	*behind = (uint8_t)(pci_read(f, PCI_BUSES) >> 8);
	if (b->depth < DEEPEST && *behind > f->bus)
		return true;
	if (b->depth < DEEPEST && b->can_grow && !*behind &&
	    *b->highest < pci_host_last_bus(f->host)) {
		*behind = ++*b->highest;
		return true;
	}
	core_error("PCI: no bus number for what is behind bridge %x:%x.%x",
		   f->bus, f->device, f->function);
	return false;
}

static void set_up_bridge(const struct pci_function *f, const struct branch *b)
{
	const uint8_t last = (uint8_t)(pci_read(f, PCI_BUSES) >> 16);
	const uint32_t prefetch = pci_read(f, PCI_BRIDGE_PREFETCH);
	const bool has_high = (prefetch & PREFETCH_TYPE) == PREFETCH_64_BIT;
	struct branch below = *b;
	uint64_t low_end, high_end;
	uint8_t behind;

	below.can_grow = b->can_grow && (!last || last >= *b->highest);
	if (!number_behind(f, b, &behind))
		return;
	below.depth++;
	if (!has_high)
		below.reach = PCI_REACH_LOW;
	set_numbers(f, behind, below.can_grow ? pci_host_last_bus(f->host)
					      : last);
	low_end = pci_window_align(false, WINDOW_ALIGN);
	high_end = pci_window_align(true, WINDOW_ALIGN);
	pci_walk_bus(f->host, behind, set_up_behind, &below);
	if (below.can_grow)
		set_numbers(f, behind, *b->highest);
	pci_write(f, PCI_BRIDGE_IO, PCI_BRIDGE_IO_SHUT);
	set_window(f, PCI_BRIDGE_MEMORY, pci_window_align(false, WINDOW_ALIGN),
		   low_end);
	if (has_high)
		set_high_window(f, pci_window_align(true, WINDOW_ALIGN),
				high_end);
	enable_bridge(f);
}

static bool has_window(const struct pci_function *f, unsigned int reg)
{
	const uint32_t value = pci_read(f, reg);
	const uint32_t base = value & WINDOW_BITS;

	return base && base <= (value >> WINDOW_SHIFT & WINDOW_BITS);
}

static bool note_highest(const struct pci_function *f, void *arg)
{
	const uint8_t last = (uint8_t)(pci_read(f, PCI_BUSES) >> 16);
	uint8_t *const highest = arg;

	if (pci_is_bridge(f) && last > *highest)
		*highest = last;
	return true;
}

void pci_bridge_open(const struct pci_function *f)
{
	uint8_t highest = f->bus;
	const struct branch root = {
		.reach = PCI_REACH_ALL,
		.can_grow = true,
		.highest = &highest,
	};

	if (pci_read(f, PCI_COMMAND) & PCI_COMMAND_MEMORY)
		return;
	if (has_window(f, PCI_BRIDGE_MEMORY) ||
	    has_window(f, PCI_BRIDGE_PREFETCH)) {
		enable_bridge(f);
		return;
	}
	/* Windows of bridges on the way cannot grow. */
	if (f->bus != pci_host_first_bus(f->host))
		return;
	pci_walk_as_found(note_highest, &highest);
	pci_place_bars(f, false, PCI_REACH_ALL);
	set_up_bridge(f, &root);
}

struct bridge_search {
	const struct pci_function *f;
	struct pci_function bridge;
	bool found;
};

static bool is_bridge_to(const struct pci_function *f, void *arg)
{
	struct bridge_search *const s = arg;

	if (f->host != s->f->host || f->bus >= s->f->bus || !pci_is_bridge(f) ||
	    pci_read16(f, PCI_BUSES) >> 8 != s->f->bus)
		return true;
	s->bridge = *f;
	s->found = true;
	return false;
}

bool pci_bridge_to(const struct pci_function *f, struct pci_function *bridge)
{
	struct bridge_search s = { .f = f };

	if (f->bus == pci_host_first_bus(f->host))
		return false;
	pci_walk_as_found(is_bridge_to, &s);
	*bridge = s.bridge;
	return s.found;
}
