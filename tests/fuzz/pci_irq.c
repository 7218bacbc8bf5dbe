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

#define CODE		8192
#define ENTRIES		5
#define LINKS		4
#define DEEPEST_CHAIN	3
#define FIRMWARES_LINE	11

/* A piece of byte code as it grows */
struct text {
	uint8_t bytes[CODE];
	size_t size;
};

struct route {
	uint8_t device;
	unsigned int pin;
	struct aml_interrupt interrupt;
};

static struct text dsdt;
static struct route routes[ENTRIES];
static unsigned int routes_count;
static uint8_t host_bus;

/* The device that is asked about, and the bridges on its way to the host */
static struct pci_function chain[DEEPEST_CHAIN + 1];
static unsigned int chain_pin, bridges, mp_device;
static bool have_ioapic, told_level, told_low;

bool acpi_copy(const char signature[4], void *to, size_t size)
{
	(void)signature;
	(void)to;
	return !size;
}

const struct acpi_header *acpi_dsdt(const struct acpi_fadt *fadt)
{
	(void)fadt;
	return NULL;
}

bool ioapic_present(void)
{
	return have_ioapic;
}

int ioapic_line_of(uint32_t gsi)
{
	return gsi < IOAPIC_GSIS ? (int)gsi : -1;
}

int ioapic_mp_line(uint8_t bus, uint8_t device, unsigned int pin)
{
	must(pin < 4, "there are four pins");
	return mp_device && bus == host_bus && device == mp_device ?
	       20 + (int)pin : -1;
}

bool irq_line_wire(unsigned int irq, bool level, bool low)
{
	told_level = level;
	told_low = low;
	return irq < IOAPIC_GSIS;
}

uint16_t pci_host_segment(unsigned int host)
{
	return host == 1;
}

uint8_t pci_host_first_bus(unsigned int host)
{
	must(host < 2, "there are two hosts");
	return host_bus;
}

uint32_t pci_read(const struct pci_function *f, unsigned int reg)
{
	must(reg == PCI_INTERRUPT && f->bus == chain[0].bus, "its own register");
	return (chain_pin + 1) << 8 | FIRMWARES_LINE;
}

bool pci_bridge_to(const struct pci_function *f, struct pci_function *bridge)
{
	unsigned int i;

	for (i = 0; i < bridges; i++)
		if (chain[i].bus == f->bus) {
			*bridge = chain[i + 1];
			return true;
		}
	return false;
}

static void put(struct text *t, const void *data, size_t size)
{
	if (size > CODE - t->size)
		abort();
	memcpy(t->bytes + t->size, data, size);
	t->size += size;
}

static void put_bytes(struct text *t, uint64_t value, unsigned int size)
{
	put(t, &value, size);
}

/* The shortest form, or a longer one */
static void put_integer(struct text *t, uint64_t value, unsigned int longer)
{
	if (value < 2 && !longer)
		put_bytes(t, value, 1);
	else if (value < 0x100 && longer < 2)
		put_bytes(t, AML_BYTE | value << 8, 2);
	else if (value < 0x10000 && longer < 3)
		put_bytes(t, AML_WORD | value << 8, 3);
	else if (longer < 4)
		put_bytes(t, AML_DWORD | value << 8, 5);
	else {
		put_bytes(t, AML_QWORD, 1);
		put_bytes(t, value, 8);
	}
}

/* An operator with a length, in the shortest form that fits, or a longer one */
static void put_sized(struct text *t, const char *operator, size_t letters,
		      const struct text *in, unsigned int longer)
{
	unsigned int further = in->size + 1 > 63;
	size_t length;

	while (further < 3 && (longer-- % 4 > further ||
	       in->size + 1 + further >= 1UL << (4 + 8 * further)))
		further++;
	length = in->size + 1 + further;
	put(t, operator, letters);
	if (further) {
		put_bytes(t, further << 6 | (length & 15), 1);
		put_bytes(t, length >> 4, further);
	} else {
		put_bytes(t, length, 1);
	}
	put(t, in->bytes, in->size);
}

static void put_value(struct text *t, const char *name)
{
	put_bytes(t, AML_NAME, 1);
	put(t, name, AML_SEGMENT);
}

/* A link's name in the forms that names have */
static void put_link(struct text *t, unsigned int link, unsigned int form)
{
	char name[] = "LNK0";

	name[3] = (char)('0' + link);
	if (form & 1)
		put(t, "\\\x2e_SB_", 6);
	else if (form & 2)
		put(t, "^^", 2);
	else if (form & 4)
		put(t, "\\\x2f\x03_SB_PCI0", 11);
	put(t, name, AML_SEGMENT);
}

static struct aml_interrupt link_interrupt(unsigned int link,
					   unsigned int forms)
{
	return (struct aml_interrupt){
		.gsi = (forms & 1 ? 16 : 3) + link,
		.level = forms & 2, .low = forms & 4,
	};
}

/* A link with a list of resources, in which the interrupt may be second */
static void put_link_device(struct text *t, unsigned int link,
			    unsigned int forms)
{
	const struct aml_interrupt i = link_interrupt(link, forms);
	static struct text body, buffer, list;
	char name[] = "LNK0";

	body.size = buffer.size = list.size = 0;
	name[3] = (char)('0' + link);
	put(&body, name, AML_SEGMENT);
	put_value(&body, "_HID");
	put(&body, "\x0c\x41\xd0\x0c\x0f", 5);
	if (forms & 8)
		put(&list, "\x47\x01\xf8\x0c\xf8\x0c\x01\x08", 8);
	if (i.gsi < 16 && forms & 16) {
		put_bytes(&list, AML_IRQ | 3, 1);
		put_bytes(&list, 1U << i.gsi, 2);
		put_bytes(&list, !i.level | i.low << 3, 1);
	} else {
		put_bytes(&list, AML_INTERRUPT | 6 << 8, 3);
		put_bytes(&list, 1U | !i.level << 1 | i.low << 2 | 1 << 8, 2);
		put_bytes(&list, i.gsi, 4);
	}
	put(&list, "\x79", 2);
	put_integer(&buffer, list.size, forms >> 5 & 3);
	put(&buffer, list.bytes, list.size);
	put_value(&body, "_CRS");
	put_sized(&body, "\x11", 1, &buffer, forms >> 6);
	put_sized(t, "\x5b\x82", 2, &body, forms >> 3);
}

/* One table; that of the 8259s has other numbers, or links that compute them. */
static void put_table(struct text *t, unsigned int forms, bool old)
{
	static struct text table, route;
	const bool any_size = forms & 0x20;
	unsigned int i, link;

	table.size = 0;
	if (any_size)
		put_integer(&table, routes_count, forms & 1);
	else
		put_bytes(&table, routes_count, 1);
	for (i = 0; i < routes_count; i++) {
		route.size = 0;
		put_bytes(&route, 4, 1);
		put_integer(&route, (uint64_t)routes[i].device << 16 | 0xffff,
			    forms >> (i & 3) & 3);
		put_integer(&route, routes[i].pin, forms >> (i & 1) & 3);
		link = (i + forms) % LINKS;
		if (old && forms & 0x40) {
			put(&route, "LNKX", 4);
			put_integer(&route, 0, 0);
		} else if (old) {
			put_integer(&route, 0, 0);
			put_integer(&route, 3 + i % 2, 0);
		} else if (forms >> i % 4 & 1) {
			put_integer(&route, 0, forms & 3);
			routes[i].interrupt = (struct aml_interrupt){
				.gsi = 16 + i, .level = true, .low = true,
			};
			put_integer(&route, 16 + i, forms & 3);
		} else {
			put_link(&route, link, forms >> 1);
			put_integer(&route, 0, 0);
			routes[i].interrupt =
				link_interrupt(link, forms | 1);
		}
		put_sized(&table, "\x12", 1, &route, forms);
	}
	put_sized(t, any_size ? "\x13" : "\x12", 1, &table, forms >> 2);
}

static void put_host(struct text *t, unsigned int forms, unsigned int style)
{
	static const char *const ids[] = {
		EISA_PCI, EISA_PCIE, TEXT_PCI, TEXT_PCIE,
	};
	const char *const id = ids[forms & 3];
	static struct text body, scope, method;
	unsigned int i;

	body.size = scope.size = method.size = 0;
	put(&body, "PCI0", 4);
	put_value(&body, "_HID");
	put(&body, id, id[0] == '\x0d' ? 9 : 5);
	if (host_bus || forms & 4) {
		put_value(&body, "_BBN");
		put_integer(&body, host_bus, forms & 1);
	}
	if (style & 1)
		put(&scope, "\\\x2e_SB_PCI0", 10);
	if (style & 2) {
		put_value(&scope, "PRTP");
		put_table(&scope, forms, true);
		put_value(&scope, "PRTA");
		put_table(&scope, forms, false);
		put(&method, "_PRT\x00", 5);
		put(&method, "\xa0\x0b\x93PICF\x00\xa4PRTP\xa1\x06\xa4PRTA", 20);
		put_sized(&scope, "\x14", 1, &method, forms >> 4);
	} else {
		put_value(&scope, "_PRT");
		put_table(&scope, forms, false);
	}
	if (style & 1) {
		put_sized(t, "\x5b\x82", 2, &body, forms);
		put_sized(t, "\x10", 1, &scope, forms >> 1);
	} else {
		put(&body, scope.bytes, scope.size);
		put_sized(t, "\x5b\x82", 2, &body, forms);
	}
	for (i = 0; i < LINKS; i++)
		put_link_device(t, i, forms | 1);
}

/* Something else with a table, as a bridge has one of its own */
static void put_other(struct text *t)
{
	static struct text body;

	body.size = 0;
	put(&body, "BRDG", 4);
	put_value(&body, "_ADR");
	put_integer(&body, 0x10000, 0);
	put_value(&body, "_PRT");
	put(&body, "\x12\x0c\x01\x12\x09\x04\x0b\xff\xff\x00\x00\x0a\x2f", 13);
	put_sized(t, "\x5b\x82", 2, &body, 0);
}

static const struct route *route_of(uint8_t device, unsigned int pin)
{
	unsigned int i;

	for (i = 0; i < routes_count; i++)
		if (routes[i].device == device && routes[i].pin == pin)
			return &routes[i];
	return NULL;
}

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
