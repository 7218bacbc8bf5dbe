/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/pci-irq/pci_prt.c. DO NOT EDIT. */
/*
 * _PRT is a package of packages: address of a device, pin, then a GSI or the
 * name of a link, whose resources hold the GSI. It may also be a method that
 * returns one such package for the 8259s and another one for IOAPICs, by what
 * _PIC was told. No method is run here: all packages that it may return are
 * looked at, and the highest GSI counts, since the lines of the 8259s are below
 * 16. A link whose resources a method computes leads to an 8259 and is left
 * out.
 * Source: ACPI specification 6.5, 6.2.13 (_PRT), 5.8.1 (_PIC).
 */
#include <plat/pci_prt.h>

#define EISA_PCI	"\x0c\x41\xd0\x0a\x03"	/* PNP0A03, as an integer */
#define EISA_PCIE	"\x0c\x41\xd0\x0a\x08"	/* PNP0A08 */
#define TEXT_PCI	"\x0dPNP0A03"
#define TEXT_PCIE	"\x0dPNP0A08"
#define IS(a, text)	aml_is(a, text, sizeof(text) - 1)

#define ALL_FUNCTIONS	0xffffU

/* What is looked for, and the best that was found */
struct search {
	struct aml dsdt;
	uint8_t device;
	unsigned int pin;
	bool found;
	struct aml_interrupt interrupt;
};

static bool is_name(const uint8_t *a, const uint8_t *b)
{
	const struct aml name = { a, AML_SEGMENT };

	return aml_is(&name, b, AML_SEGMENT);
}

static uint64_t number_in(const struct aml_node *node, const char *segment)
{
	struct aml value;
	uint64_t number;

	return aml_value(node->body, (const uint8_t *)segment, &value) &&
	       aml_integer(&value, &number) ? number : 0;
}

/* Whether a device of this name is the host of a bus, in segment 0 */
static bool is_host(struct aml dsdt, const uint8_t *name, uint8_t bus)
{
	struct aml code = dsdt;
	struct aml_node node;

	while (aml_find(&code, "_HID"))
		if ((IS(&code, EISA_PCI) || IS(&code, EISA_PCIE) ||
		     IS(&code, TEXT_PCI) || IS(&code, TEXT_PCIE)) &&
		    aml_owner(dsdt, code.at, &node) &&
		    is_name(node.name, name))
			return number_in(&node, "_BBN") == bus &&
			       !number_in(&node, "_SEG");
	return false;
}

/* The first interrupt that a link has now */
static bool read_link(struct aml dsdt, const uint8_t *name,
		      struct aml_interrupt *interrupt)
{
	struct aml_resource item;
	struct aml_node node;
	struct aml value;

	while (aml_next_node(&dsdt, &node)) {
		if (!is_name(node.name, name) ||
		    !aml_value(node.body, (const uint8_t *)"_CRS", &value))
			continue;
		value = aml_buffer(value);
		while (aml_next_resource(&value, &item))
			if (aml_interrupt(&item, interrupt))
				return true;
	}
	return false;
}

/* Address, pin, and a link with an index of it, or 0 with a GSI */
static void read_route(struct search *s, struct aml route)
{
	struct aml_interrupt found = { .level = true, .low = true };
	uint64_t address, pin, number;
	const uint8_t *link;

	if (!aml_integer(&route, &address) || !aml_integer(&route, &pin) ||
	    address != ((uint64_t)s->device << 16 | ALL_FUNCTIONS) ||
	    pin != s->pin)
		return;
	if (aml_integer(&route, &number)) {
		if (number || !aml_integer(&route, &number) ||
		    number > UINT32_MAX)
			return;
		found.gsi = (uint32_t)number;
	} else {
		link = aml_name(&route);
		if (!link || !read_link(s->dsdt, link, &found))
			return;
	}
	if (s->found && s->interrupt.gsi >= found.gsi)
		return;
	s->found = true;
	s->interrupt = found;
}

static void read_table(struct search *s, struct aml value)
{
	struct aml routes = aml_package(&value), route;

	while (routes.left) {
		route = aml_package(&routes);
		if (!route.left)
			return;
		read_route(s, route);
	}
}

/* Operator and length, of 1 to 4 bytes, stand before a method's name. */
static struct aml method_body(struct aml dsdt, struct aml behind_name)
{
	const struct aml nothing = { behind_name.at, 0 };
	const uint8_t *const name = behind_name.at - AML_SEGMENT;
	struct aml code, body;
	ptrdiff_t before;

	for (before = 1; before <= 4 && name - before > dsdt.at; before++) {
		code = (struct aml){ name - before, (size_t)before +
				     AML_SEGMENT + behind_name.left };
		if (code.at[-1] != AML_METHOD)
			continue;
		body = aml_length(&code);
		if (body.at == name && aml_skip(&body, AML_SEGMENT))
			return body;
	}
	return nothing;
}

static void read_method(struct search *s, struct aml body)
{
	const uint8_t *name;
	struct aml value;

	for (; body.left; aml_skip(&body, 1)) {
		if (*body.at != AML_RETURN)
			continue;
		value = body;
		aml_skip(&value, 1);
		name = aml_name(&value);
		if (!name)
			read_table(s, value);
		else if (aml_value(s->dsdt, name, &value))
			read_table(s, value);
	}
}

bool pci_prt_find(struct aml dsdt, uint8_t bus, uint8_t device,
		  unsigned int pin, struct aml_interrupt *interrupt)
{
	struct search s = { .dsdt = dsdt, .device = device, .pin = pin };
	struct aml code = dsdt;
	struct aml_node node;

	while (aml_find(&code, "_PRT")) {
		if (!aml_owner(dsdt, code.at, &node) ||
		    !is_host(dsdt, node.name, bus))
			continue;
		if (code.at - dsdt.at > AML_SEGMENT &&
		    code.at[-AML_SEGMENT - 1] == AML_NAME)
			read_table(&s, code);
		else
			read_method(&s, method_body(dsdt, code));
	}
	*interrupt = s.interrupt;
	return s.found;
}
