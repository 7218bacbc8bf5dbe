/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A DSDT with a routing table, in all the forms that these have, and what it says
 * of each pin. Included once, behind the readers.
 */
#ifndef FUZZ_PCI_IRQ_TABLES_H
#define FUZZ_PCI_IRQ_TABLES_H

#include "aml_text.h"

#define ENTRIES		5
#define LINKS		4

struct route {
	uint8_t device;
	unsigned int pin;
	struct aml_interrupt interrupt;
};

static struct text dsdt;
static struct route routes[ENTRIES];
static unsigned int routes_count;
static uint8_t host_bus;

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

#endif /* FUZZ_PCI_IRQ_TABLES_H */
