/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where PCI's interrupt lines go, built for the host. An honest DSDT in all the
 * forms that routing tables have is written first: each pin is found as it says,
 * through bridges as well, and no other pin is. Whatever else the byte code is,
 * reading it ends within it.
 */
#include "feeder.h"

#include <pc/aml/aml.c>
#include <pc/aml/aml_find.c>
#include <pc/aml/aml_resources.c>
#include <pc/pci-irq/pci_irq.c>
#include <pc/pci-irq/pci_prt.c>

#include "pci_irq_machine.h"

static void check_pin(uint8_t device, unsigned int pin)
{
	const struct aml code = { dsdt.bytes, dsdt.size };
	const struct route *const r = route_of(device, pin);
	struct aml_interrupt found;

	must(pci_prt_find(code, host_bus, device, pin, &found) == !!r,
	     "all routes are found, and no others");
	if (r)
		must(found.gsi == r->interrupt.gsi &&
		     found.level == r->interrupt.level &&
		     found.low == r->interrupt.low, "as the table says");
	must(!pci_prt_find(code, (uint8_t)(host_bus + 1), device, pin, &found),
	     "another host has another table");
}

static void check_tables(void)
{
	unsigned int i;

	for (i = 0; i < routes_count; i++) {
		check_pin(routes[i].device, routes[i].pin);
		check_pin(routes[i].device ^ 1, routes[i].pin ^ 2);
	}
	check_pin(0, 0);
}

/* A device behind bridges: each turns the pins by the number of the device. */
static void check_chain(struct input *in)
{
	const uint8_t host = (uint8_t)(take(in, 1) % 2);
	unsigned int pin, i;
	const struct route *r;
	int irq, line;

	bridges = (unsigned int)take(in, 1) % (DEEPEST_CHAIN + 1);
	chain_pin = (unsigned int)take(in, 1) % 4;
	have_ioapic = take(in, 1) % 4;
	mp_device = take(in, 1) % 4 ? 0 : (unsigned int)take(in, 1) % 32;
	pin = chain_pin;
	for (i = 0; i <= bridges; i++) {
		chain[i] = (struct pci_function){
			host, (uint8_t)(host_bus + bridges - i),
			(uint8_t)(take(in, 1) % 32), 0,
		};
		if (i < bridges)
			pin = (pin + chain[i].device) % 4;
	}
	dsdt_code = (struct aml){ dsdt.bytes, dsdt.size };
	dsdt_searched = true;
	r = route_of(chain[bridges].device, pin);
	line = r && r->interrupt.gsi < IOAPIC_GSIS ? (int)r->interrupt.gsi
						   : FIRMWARES_LINE;
	if (mp_device && chain[bridges].device == mp_device)
		line = 20 + (int)pin;
	if (!have_ioapic || host)
		line = FIRMWARES_LINE;
	irq = pci_irq(&chain[0]);
	must(irq == line, "a line goes where the tables say, else firmware");
	if (r && irq != FIRMWARES_LINE && !mp_device)
		must(told_level == r->interrupt.level &&
		     told_low == r->interrupt.low, "and is wired like that");
}

static void check_honest(struct input *in)
{
	const unsigned int style = (unsigned int)take(in, 1);
	const unsigned int forms = (unsigned int)take(in, 2);
	unsigned int i;
	uint8_t device;

	dsdt.size = 0;
	host_bus = style & 4 ? 0x40 : 0;
	routes_count = 0;
	for (i = 0; i < ENTRIES && in->left; i++) {
		device = (uint8_t)take(in, 1);
		if (!route_of(device % 32, device >> 6))
			routes[routes_count++] = (struct route){
				.device = device % 32, .pin = device >> 6,
			};
	}
	if (style & 8)
		put_other(&dsdt);
	put_host(&dsdt, forms, style);
	if (style & 16)
		put_other(&dsdt);
	check_tables();
}

static void check_any(struct input *in)
{
	uint8_t *const block = malloc(in->left + 1);
	const size_t size = in->left;
	struct aml_interrupt found;
	unsigned int i;

	memcpy(block, in->at, size);
	for (i = 0; i < 4; i++)
		pci_prt_find((struct aml){ block, size }, 0, (uint8_t)i, i, &found);
	free(block);
}

/* Code that ends anywhere */
static void check_cuts(void)
{
	static const uint8_t all[] = "\x1a\x37\x12\x41\x42\x83\x04\xc5\x26";
	struct aml_interrupt found;
	struct input in;
	unsigned int style;
	uint8_t *block;
	size_t size;

	for (style = 0; style < 4; style++) {
		in = (struct input){ all + style, sizeof(all) - style };
		check_honest(&in);
		for (size = 0; size < dsdt.size; size++) {
			block = malloc(size);
			memcpy(block, dsdt.bytes, size);
			pci_prt_find((struct aml){ block, size }, host_bus,
				     routes[0].device, routes[0].pin, &found);
			free(block);
		}
	}
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	check_cuts();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct input rest;
	uint8_t *block;
	struct aml_interrupt found;

	switch (take(&in, 1) % 3) {
	case 0:
		check_honest(&in);
		in = (struct input){ data, size };
		check_chain(&in);
		break;
	case 1:		/* the same code, cut or damaged */
		check_honest(&in);
		rest = (struct input){ data + 1, size - 1 };
		if (!dsdt.size)
			break;
		dsdt.bytes[take(&rest, 2) % dsdt.size] ^= (uint8_t)take(&rest, 1);
		size = take(&rest, 2) % dsdt.size;
		block = malloc(size + 1);
		memcpy(block, dsdt.bytes, size);
		pci_prt_find((struct aml){ block, size }, host_bus, 1, 0, &found);
		free(block);
		break;
	default:
		check_any(&in);
	}
	return 0;
}
