/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Devices and bridges of PCI: which of them answers at an address follows from the
 * numbers of the bridges on the way, and registers keep what they can. Included
 * once, together with what sets them up.
 */
#ifndef FUZZ_PCI_SETUP_MACHINE_H
#define FUZZ_PCI_SETUP_MACHINE_H

#include "feeder.h"

/* As one unit, so that each run can begin with fresh data */
#include <plat/page.h>
#include <pc/aml/aml.c>
#include <pc/aml/aml_resources.c>
#include <pc/pci/pci.c>
#include <pc/pci/pci_bars.c>
#include <pc/pci/pci_bridge.c>
#include <pc/pci/pci_window.c>

#define MOST	12
#define WORDS	64
#define HOST	(-1)
#define LAST_BUS	31
#define LOW_START	0xc0000000UL
#define HIGH_START	0x800000000UL
#define END_BITS	36

static struct fake {
	int parent;
	uint8_t device;
	bool bridge, wide_windows;
	unsigned int depth, met;
	uint32_t config[WORDS];
	uint32_t settable[PCI_DEVICE_BARS];
} fakes[MOST];

static int count;
static struct pci_range low_range, high_range;
static unsigned int complaints;

struct pci_range pci_dsdt_window(void)
{
	return low_range;
}

struct pci_range pci_dsdt_high_window(void)
{
	return high_range;
}

uint64_t device_map_end(void)
{
	return 1UL << END_BITS;
}

volatile void *device_map(uint64_t paddr, uint64_t size)
{
	(void)paddr;
	(void)size;
	return NULL;
}

void core_error(const char *fmt, ...)
{
	must(fmt[0], "a message says something");
	complaints++;
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
	return LAST_BUS;
}

static uint8_t byte_of(const struct fake *d, unsigned int reg)
{
	return (uint8_t)(d->config[reg / 4] >> reg % 4 * 8);
}

/* Whether an access to this bus comes to what is behind the bridge, and on */
static bool leads_to(int bridge, uint8_t bus)
{
	const struct fake *d;

	for (; bridge != HOST; bridge = d->parent) {
		d = &fakes[bridge];
		if (bus < byte_of(d, PCI_BUSES + 1) ||
		    bus > byte_of(d, PCI_BUSES + 2))
			return false;
	}
	return true;
}

static uint8_t bus_of(const struct fake *d)
{
	return d->parent == HOST ? 0 : byte_of(&fakes[d->parent], PCI_BUSES + 1);
}

static struct fake *fake_at(const struct pci_function *f)
{
	struct fake *found = NULL;
	int i;

	for (i = 0; i < count; i++) {
		if (fakes[i].device != f->device || f->function ||
		    bus_of(&fakes[i]) != f->bus ||
		    (fakes[i].parent != HOST && !f->bus) ||
		    !leads_to(fakes[i].parent, f->bus))
			continue;
		must(!found, "two devices never answer at one address");
		found = &fakes[i];
	}
	return found;
}

uint32_t pci_read(const struct pci_function *f, unsigned int reg)
{
	const struct fake *const d = fake_at(f);

	must(reg % 4 == 0 && reg < 256, "a register is whole and in reach");
	return d ? d->config[reg / 4] : UINT32_MAX;
}

void pci_write(const struct pci_function *f, unsigned int reg, uint32_t value)
{
	struct fake *const d = fake_at(f);
	const unsigned int bar = (reg - PCI_BARS) / 4;
	uint32_t can = UINT32_MAX;

	must(d && reg % 4 == 0, "what is written is there");
	if (reg == PCI_COMMAND) {
		can = PCI_COMMAND_BITS;
	} else if (reg >= PCI_BARS &&
		   bar < (d->bridge ? PCI_BRIDGE_BARS : PCI_DEVICE_BARS)) {
		must(!(d->config[1] & PCI_COMMAND_MEMORY),
		     "a device that answers is not moved");
		can = d->settable[bar];
	} else {
		must(d->bridge && reg >= PCI_BUSES &&
		     reg <= PCI_BRIDGE_PREFETCH_LIMIT, "it is a bridge's own");
		must(reg == PCI_BUSES || !(d->config[1] & PCI_COMMAND_MEMORY),
		     "a bridge that forwards is not changed");
		if (reg == PCI_BRIDGE_MEMORY)
			can = 0xfff0fff0;
		else if (reg == PCI_BRIDGE_PREFETCH)
			can = d->wide_windows ? 0xfff0fff0 : 0;
		else if (reg > PCI_BRIDGE_PREFETCH)
			can = d->wide_windows ? UINT32_MAX : 0;
	}
	d->config[reg / 4] = (d->config[reg / 4] & ~can) | (value & can);
}

static bool note(const struct pci_function *f, void *arg)
{
	struct fake *const d = fake_at(f);

	must(arg == fakes && d && !d->met++, "each device is met once");
	return true;
}

#endif /* FUZZ_PCI_SETUP_MACHINE_H */
