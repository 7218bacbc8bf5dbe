/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Trees of PCI bridges that no firmware has set up, or that firmware has numbered
 * only, built by libFuzzer. A bus answers if the numbers on the way lead there, as
 * in a machine. Afterwards each device was met once, each register that has an
 * address has it alone, and all bridges on the way forward it.
 */
#include "pci_setup_machine.h"

/* Type and size; those of 64 bits take the next one, too */
static void read_bars(struct input *in, struct fake *d)
{
	const unsigned int bars = d->bridge ? PCI_BRIDGE_BARS : PCI_DEVICE_BARS;
	unsigned int i, what, bits;

	for (i = 0; i < bars; i++) {
		what = (unsigned int)take(in, 1);
		bits = 7 + what % 25;		/* up to 2 GiB */
		if (!(what & 0x80))
			continue;
		d->settable[i] = UINT32_MAX << bits;
		if (what & 0x40 && i + 1 < bars) {
			d->config[PCI_BARS / 4 + i] = PCI_BAR_64_BIT |
				(what & 0x20 ? PCI_BAR_PREFETCH : 0);
			d->settable[++i] = UINT32_MAX;
		}
	}
}

static void read_device(struct input *in, int number)
{
	struct fake *const d = &fakes[number];
	const uint8_t what = (uint8_t)take(in, 1);
	int i;

	*d = (struct fake){ .parent = HOST, .device = (uint8_t)(what % 32) };
	for (i = 0; i < number; i++)
		if (fakes[i].bridge && take(in, 1) & 1)
			d->parent = i;
	for (i = 0; i < number; i++)	/* a place that is free */
		if (fakes[i].parent == d->parent &&
		    fakes[i].device == d->device) {
			d->device = (uint8_t)((d->device + 1) % 32);
			i = -1;
		}
	d->depth = d->parent == HOST ? 0 : fakes[d->parent].depth + 1;
	d->bridge = what & 0x80;
	d->wide_windows = what & 0x40;
	d->config[PCI_ID / 4] = 0x12345678;
	read_bars(in, d);
	if (!d->bridge)
		return;
	d->config[PCI_CLASS / 4] = PCI_CLASS_BRIDGE << 16;
	d->config[PCI_HEADER_TYPE / 4] = PCI_HEADER_BRIDGE << 16;
	if (d->wide_windows)
		d->config[PCI_BRIDGE_PREFETCH / 4] = PREFETCH_64_BIT << 16 |
						     PREFETCH_64_BIT;
}

/* Some firmware stops after the numbers of buses: depth first, as it must. */
static uint8_t number_all(int parent, uint8_t next)
{
	uint8_t mine;
	int i;

	for (i = 0; i < count; i++) {
		if (!fakes[i].bridge || fakes[i].parent != parent)
			continue;
		mine = next;
		next = number_all(i, (uint8_t)(next + 1));
		fakes[i].config[PCI_BUSES / 4] = bus_of(&fakes[i]) |
			(uint32_t)mine << 8 | (uint32_t)(next - 1) << 16;
	}
	return next;
}

/* And some leaves a bridge out, which may be between others. */
static void forget_number(int bridge)
{
	int i;

	for (i = 0; i < count; i++)
		if (fakes[i].parent == bridge && fakes[i].bridge)
			forget_number(i);
	if (bridge < count)
		fakes[bridge].config[PCI_BUSES / 4] = 0;
}

static uint64_t address_of(const struct fake *d, unsigned int bar)
{
	const uint32_t value = d->config[PCI_BARS / 4 + bar];
	uint64_t address = value & ~PCI_BAR_FLAGS;

	if (value & PCI_BAR_64_BIT)
		address |= (uint64_t)d->config[PCI_BARS / 4 + bar + 1] << 32;
	return address;
}

static bool forwards(const struct fake *bridge, uint64_t start, uint64_t end)
{
	const uint32_t memory = bridge->config[PCI_BRIDGE_MEMORY / 4];
	const uint32_t ahead = bridge->config[PCI_BRIDGE_PREFETCH / 4];
	const uint64_t base = (memory & 0xfff0UL) << 16;
	const uint64_t limit = (memory & 0xfff00000UL) | 0xfffff;
	const uint64_t high_base = (ahead & 0xfff0UL) << 16 |
		(uint64_t)bridge->config[PCI_BRIDGE_PREFETCH_BASE / 4] << 32;
	const uint64_t high_limit = (ahead & 0xfff00000UL) | 0xfffff |
		(uint64_t)bridge->config[PCI_BRIDGE_PREFETCH_LIMIT / 4] << 32;

	if (~bridge->config[1] & (PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER))
		return false;
	return (start >= base && end - 1 <= limit) ||
	       (start >= high_base && end - 1 <= high_limit);
}

static struct pci_range placed[MOST * PCI_DEVICE_BARS];
static unsigned int placed_count;

static void check_register(const struct fake *d, unsigned int bar)
{
	const uint64_t start = address_of(d, bar);
	const uint64_t end = start + (uint32_t)~d->settable[bar] + 1;
	unsigned int i;
	int j;

	must(!(start & (end - start - 1)), "an address is a multiple of the size");
	must(end <= device_map_end(), "the CPU has such an address");
	must((start >= low_range.start && end <= low_range.end) ||
	     (start >= high_range.start && end <= high_range.end &&
	      d->config[PCI_BARS / 4 + bar] & PCI_BAR_64_BIT),
	     "registers are within what the machine gives to PCI");
	for (i = 0; i < placed_count; i++)
		must(end <= placed[i].start || start >= placed[i].end,
		     "no two registers share an address");
	placed[placed_count++] = (struct pci_range){ start, end };
	if (d->parent != HOST && start >= FOUR_GIB)
		must(d->config[PCI_BARS / 4 + bar] & PCI_BAR_PREFETCH,
		     "above 4 GiB bridges forward what may be fetched ahead");
	for (j = d->parent; j != HOST; j = fakes[j].parent)
		must(forwards(&fakes[j], start, end),
		     "all bridges on the way forward it");
	/* And nobody beside them does. */
	for (j = 0; j < count; j++)
		if (fakes[j].bridge && fakes[j].parent == d->parent &&
		    &fakes[j] != d)
			must(!forwards(&fakes[j], start, end),
			     "no bridge beside it forwards it");
}

static void check_numbers(const struct fake *d)
{
	const struct fake *o;

	for (o = fakes; o < fakes + count; o++)
		must(o == d || !o->bridge || o->parent != d->parent ||
		     !byte_of(o, PCI_BUSES + 1) || !byte_of(d, PCI_BUSES + 1) ||
		     byte_of(o, PCI_BUSES + 1) > byte_of(d, PCI_BUSES + 2) ||
		     byte_of(o, PCI_BUSES + 2) < byte_of(d, PCI_BUSES + 1),
		     "bridges side by side share no bus");
}

static void check_device(const struct fake *d)
{
	const unsigned int bars = d->bridge ? PCI_BRIDGE_BARS : PCI_DEVICE_BARS;
	unsigned int i;

	for (i = 0; i < bars; i++) {
		if (d->settable[i] && address_of(d, i))
			check_register(d, i);
		else
			must(!d->settable[i] || complaints || !d->met ||
			     d->parent == HOST, "what lacks an address is told");
		i += !!(d->config[PCI_BARS / 4 + i] & PCI_BAR_64_BIT);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct pci_function f;
	unsigned int how;
	int i;

	low = high = (struct pci_range){ 0, 0 };
	searched = false;
	complaints = placed_count = 0;
	how = (unsigned int)take(&in, 1);
	count = (int)(take(&in, 1) % (MOST + 1));
	low_range.start = how & 3 ? LOW_START + (how & 4) * 0x2000 : 0;
	low_range.end = how & 3 ? LOW_START + (0x1000000UL << (how & 3) * 2) : 0;
	high_range.start = how & 8 ? HIGH_START : 0;
	high_range.end = how & 8 ? HIGH_START << (how >> 4 & 1) : 0;
	if (how & 0x10 && how & 8)
		high_range.end += 0x100000000UL;
	for (i = 0; i < count; i++)
		read_device(&in, i);
	if (how & 0x20)
		number_all(HOST, 1);
	if (how & 0x40)
		forget_number((int)take(&in, 1) % MOST);
	pci_walk(note, fakes);
	for (i = 0; i < count; i++) {
		if (fakes[i].depth <= DEEPEST)
			must(fakes[i].met == 1 || complaints,
			     "every device is met, or one is told why not");
		f = (struct pci_function){ 0, bus_of(&fakes[i]),
					   fakes[i].device, 0 };
		if (fakes[i].met && !fakes[i].bridge)
			pci_enable(&f, false);
	}
	for (i = 0; i < count; i++) {
		check_device(&fakes[i]);
		if (fakes[i].bridge)
			check_numbers(&fakes[i]);
	}
	for (i = 0; i < count; i++)
		fakes[i].met = 0;
	pci_walk(note, fakes);
	for (i = 0; i < count; i++)
		if (fakes[i].depth <= DEEPEST)
			must(fakes[i].met == 1 || complaints, "and once again");
	return 0;
}
