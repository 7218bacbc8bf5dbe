/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PCI built for the host, with configuration space that libFuzzer fills: devices
 * that lead in circles, bridges that lead back, registers of any size.
 * Whatever they say: each function is met once, a list of capabilities ends,
 * registers are measured while the device does not answer, and afterwards the
 * device is as it was, but for an address that it got.
 */
#include "feeder.h"

/* As one unit, so that each run can begin with fresh data */
#include <pc/aml/aml.c>
#include <pc/aml/aml_find.c>
#include <pc/aml/aml_resources.c>
#include <pc/pci/pci.c>
#include <pc/pci/pci_bars.c>
#include <pc/pci/pci_bridge.c>
#include <pc/pci/pci_dsdt.c>
#include <pc/pci/pci_window.c>

#define FUNCTIONS_MAX	6
#define WORDS		64
#define BARS_MAX	6

static struct fake {
	struct pci_function at;
	uint32_t config[WORDS];
	uint32_t settable[BARS_MAX];
	uint32_t loses;		/* bits of each address, not of all ones */
	unsigned int met;
} fakes[FUNCTIONS_MAX];

static unsigned int fakes_count;
static struct acpi_header *dsdt;
static uint64_t got[FUNCTIONS_MAX * BARS_MAX][2];
static unsigned int got_count;

static struct fake *fake_at(const struct pci_function *f)
{
	unsigned int i;

	for (i = 0; i < fakes_count; i++)
		if (!memcmp(&fakes[i].at, f, sizeof(*f)))
			return &fakes[i];
	return NULL;
}

unsigned int pci_hosts(void)
{
	return 1;
}

uint8_t pci_host_first_bus(unsigned int host)
{
	must(!host, "there is one host");
	return 0;
}

uint8_t pci_host_last_bus(unsigned int host)
{
	must(!host, "there is one host");
	return 3;
}

uint32_t pci_read(const struct pci_function *f, unsigned int reg)
{
	const struct fake *d = fake_at(f);

	must(reg % 4 == 0 && reg < 256, "a register is whole and in reach");
	must(f->device < 32 && f->function < 8, "a function has an address");
	return d ? d->config[reg / 4] : UINT32_MAX;
}

void pci_write(const struct pci_function *f, unsigned int reg, uint32_t value)
{
	struct fake *const d = fake_at(f);
	const unsigned int bar = (reg - PCI_BARS) / 4;

	must(d && reg % 4 == 0 && reg < 256, "a register is whole and there");
	if (reg == PCI_COMMAND) {
		must(!(value >> 16), "the status is left alone");
		d->config[1] = (d->config[1] & 0xffff0000) | value;
		return;
	}
	if (pci_is_bridge(f) && reg >= PCI_BUSES && reg < PCI_SUBSYSTEM + 4) {
		d->config[reg / 4] = value;
		return;
	}
	must(reg >= PCI_BARS && bar < BARS_MAX, "only BARs are left to write");
	must(!(d->config[1] & PCI_COMMAND_MEMORY),
	     "a device that answers is not moved");
	if (value != UINT32_MAX)
		value &= ~d->loses;
	d->config[reg / 4] = (d->config[reg / 4] & ~d->settable[bar]) |
			     (value & d->settable[bar]);
}

const struct acpi_header *acpi_table(uint64_t paddr, const char signature[4])
{
	must(signature[0] == 'D', "the DSDT is asked for");
	return paddr ? dsdt : NULL;
}

bool acpi_copy(const char signature[4], void *to, size_t size)
{
	must(signature[0] == 'F' && size == sizeof(struct acpi_fadt), "FADT");
	memset(to, 0, size);
	((struct acpi_fadt *)to)->dsdt = 1;
	return dsdt;
}

const struct acpi_header *acpi_dsdt(const struct acpi_fadt *fadt)
{
	return acpi_table(fadt->dsdt, "DSDT");
}

uint64_t device_map_end(void)
{
	return 1UL << 40;
}

volatile void *device_map(uint64_t paddr, uint64_t size)
{
	must(paddr + size > paddr, "a range that is mapped has an end");
	return NULL;
}

void core_error(const char *fmt, ...)
{
	must(fmt[0], "a message says something");
}

static bool note(const struct pci_function *f, void *arg)
{
	struct fake *const d = fake_at(f);

	must(arg == fakes, "the argument is passed on");
	must(d && !d->met++, "each function is there and met once");
	return true;
}

static void take_addresses(uint64_t start, uint64_t size)
{
	unsigned int i;

	must(start % size == 0, "an address is a multiple of the size");
	must((start >= pci_dsdt_window().start &&
	      start + size <= pci_dsdt_window().end) ||
	     (start >= pci_dsdt_high_window().start &&
	      start + size <= pci_dsdt_high_window().end &&
	      start + size <= device_map_end()), "it is in a window");
	for (i = 0; i < got_count; i++)
		must(start + size <= got[i][0] || start >= got[i][1],
		     "no two registers get one address");
	got[got_count][0] = start;
	got[got_count++][1] = start + size;
}

/* Whether the registers' address is the one in configuration space */
static bool is_there(const struct fake *d, unsigned int index,
		     const struct pci_bar *bar)
{
	const uint32_t *const reg = &d->config[PCI_BARS / 4 + index];

	return (reg[0] & ~PCI_BAR_FLAGS) == (uint32_t)bar->address &&
	       (is_wide(reg[0]) ? reg[1] : 0) == bar->address >> 32;
}

static void try_bars(struct fake *d)
{
	uint32_t before[WORDS];
	struct pci_bar bar;
	unsigned int i, w;
	bool given;

	for (i = 0; i < BARS_MAX + 2; i++) {
		memcpy(before, d->config, sizeof(before));
		given = false;
		if (pci_bar(&d->at, i, &bar)) {
			must(bar.size && bar.address, "registers are there");
			must(is_there(d, i, &bar), "they are where they lie");
			w = PCI_BARS / 4 + i;
			given = !(before[w] & ~PCI_BAR_FLAGS) &&
				((before[w] & 6) != 4 || !before[w + 1]);
			if (given) {
				take_addresses(bar.address, bar.size);
				before[w] = d->config[w];
			}
		}
		for (w = 0; w < WORDS; w++)
			must(before[w] == d->config[w] || d->loses,
			     "nothing else changes");
		pci_map(&d->at, i, before[20], before[21]);
	}
}

static void try_capabilities(struct fake *d)
{
	struct pci_capabilities c = pci_capabilities(&d->at);
	const uint8_t id = (uint8_t)d->config[16];
	const unsigned int size = (uint8_t)d->config[17] % 32 + 2;
	unsigned int count = 0;
	uint8_t at;

	while ((at = pci_next_capability(&d->at, &c, id, size))) {
		must(++count <= 48, "a list of capabilities ends");
		must(at >= 64 && at % 4 == 0, "a capability is behind the header");
		must(at + size <= 256, "it is whole");
		must((uint8_t)d->config[at / 4] == id, "it is the one asked for");
	}
}

static void read_fake(struct input *in, struct fake *d)
{
	unsigned int i;

	d->at = (struct pci_function){ 0, (uint8_t)(take(in, 1) % 5),
				       (uint8_t)(take(in, 1) % 3),
				       (uint8_t)(take(in, 1) % 8) };
	for (i = 0; i < WORDS; i++)
		d->config[i] = (uint32_t)take(in, i < 24 ? 4 : 2);
	if (take(in, 1) & 1)
		d->config[PCI_CLASS / 4] = PCI_CLASS_BRIDGE << 16;
	for (i = 0; i < BARS_MAX; i++) {
		d->settable[i] = UINT32_MAX << (take(in, 1) % 33 | 4) % 32;
		if (take(in, 1) & 1)
			d->config[PCI_BARS / 4 + i] &= 0xf;
		else
			d->config[PCI_BARS / 4 + i] &= d->settable[i] | 0xf;
	}
	d->loses = (uint32_t)take(in, 1) & 1 ? 0xfffff000 : 0;
	for (i = 0; i + 1 < BARS_MAX; i++)
		if ((d->config[PCI_BARS / 4 + i] & 7) == 4) {
			d->settable[i + 1] = UINT32_MAX;
			i++;
		}
}

/* The rest of the bytes is the DSDT, behind one range that leads to PCI */
static struct acpi_header *read_dsdt(struct input *in)
{
	const uint32_t first = (uint32_t)take(in, 2) << 16;
	const uint32_t size = (uint32_t)take(in, 2) << 12;
	const struct {
		uint8_t tag;
		uint16_t length;
		uint8_t type, flags, type_flags;
		uint32_t granularity, first, last, offset, size;
	} __attribute__((packed)) window = {
		.tag = AML_SPACE32, .length = 23, .first = first,
		.last = first + size - 1, .size = size,
	};
	const size_t length = sizeof(struct acpi_header) + sizeof(window) +
			      in->left;
	struct acpi_header *const t = calloc(1, length);

	t->length = (uint32_t)length;
	memcpy(t + 1, &window, sizeof(window));
	memcpy((uint8_t *)(t + 1) + sizeof(window), in->at, in->left);
	return t;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	unsigned int i;

	memset(fakes, 0, sizeof(fakes));
	low = high = (struct pci_range){ 0, 0 };
	searched = dsdt_searched = false;
	dsdt_code = (struct aml){ NULL, 0 };
	got_count = 0;
	fakes_count = (unsigned int)take(&in, 1) % FUNCTIONS_MAX;
	for (i = 0; i < fakes_count; i++) {
		read_fake(&in, &fakes[i]);
		if (i && fake_at(&fakes[i].at) != &fakes[i])
			fakes[i].at.host = 1;	/* out of the way */
	}
	dsdt = read_dsdt(&in);
	pci_dsdt_ecam();
	for (i = 0; i < fakes_count; i++)
		if (!fakes[i].at.host)
			pci_bridge_to(&fakes[i].at,
				      &(struct pci_function){ 0 });
	pci_walk(note, fakes);
	for (i = 0; i < fakes_count; i++)
		if (fakes[i].met) {
			try_capabilities(&fakes[i]);
			try_bars(&fakes[i]);
		}
	free(dsdt);
	return 0;
}
