/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where no firmware sets PCI up, as on QEMU's microvm, the DSDT still describes
 * it. Both parts that matter are found in its byte code without an interpreter:
 * resource descriptors lie there as they are, and the method _CBA does nothing
 * but return a number. Source: ACPI specification 6.5, 6.4.3.5.1 and 6.4.3.5.2
 * (QWord and DWord address space descriptors), 20.2 (AML); PCI firmware
 * specification 3.3, 4.1.3 (_CBA).
 */
#include <stdbool.h>
#include <stddef.h>

#include <plat/aml.h>
#include <plat/page.h>
#include <plat/pci_dsdt.h>

#define SPACE_MEMORY	0
#define SPACE_HEAD	3	/* type, flags, flags of the type */

uint64_t pci_dsdt_ecam(void)
{
	struct aml code = aml_dsdt(), body;
	uint64_t base;

	while (aml_find(&code, "_CBA")) {
		body = code;
		if (!aml_skip(&body, 1) ||	/* the method's flags */
		    !body.left || *body.at != AML_RETURN)
			continue;
		aml_skip(&body, 1);
		if (aml_integer(&body, &base))
			return base;
	}
	return 0;
}

/* Numbers of `width` bytes: granularity, first, last, offset, size */
static struct pci_range read_space(struct aml body, unsigned int width)
{
	const struct pci_range nothing = { 0, 0 };
	uint64_t value[5];
	unsigned int i;

	if (body.left < SPACE_HEAD + sizeof(value) / sizeof(*value) * width ||
	    *body.at != SPACE_MEMORY)
		return nothing;
	aml_skip(&body, SPACE_HEAD);
	for (i = 0; i < sizeof(value) / sizeof(*value); i++) {
		value[i] = aml_bytes(&body, width);
		aml_skip(&body, width);
	}
	if (!value[1] || value[1] >= value[2] || value[3] ||
	    value[2] - value[1] != value[4] - 1 || value[2] == UINT64_MAX)
		return nothing;
	return (struct pci_range){ value[1], value[2] + 1 };
}

static struct pci_range largest(uint8_t tag, unsigned int width, uint64_t least)
{
	struct pci_range found = { 0, 0 }, r;
	struct aml code = aml_dsdt(), list;
	struct aml_resource item;

	for (; code.left; aml_skip(&code, 1)) {
		if (*code.at != tag)
			continue;
		list = code;
		if (!aml_next_resource(&list, &item))
			continue;
		r = read_space(item.body, width);
		if (r.start >= least &&
		    r.end - r.start > found.end - found.start)
			found = r;
	}
	return found;
}

struct pci_range pci_dsdt_window(void)
{
	return largest(AML_SPACE32, 4, 1);
}

struct pci_range pci_dsdt_high_window(void)
{
	return largest(AML_SPACE64, 8, FOUR_GIB);
}
