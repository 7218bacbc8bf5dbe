/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/aml/aml_find.c. DO NOT EDIT. */
/*
 * Where things are in the byte code. Nothing tells where an instruction begins
 * but the ones before it, and those are not read: a device is taken for one if
 * operator, length and name fit. Source: ACPI specification 6.5, 20.2.5.
 */
#include <plat/acpi.h>
#include <plat/acpi_registers.h>
#include <plat/aml.h>

static struct aml dsdt_code;
static bool dsdt_searched;

struct aml aml_dsdt(void)
{
	const struct acpi_header *dsdt;
	struct acpi_fadt fadt;

	if (dsdt_searched)
		return dsdt_code;
	dsdt_searched = true;
	if (!acpi_copy("FACP", &fadt, sizeof(fadt)))
		return dsdt_code;
	dsdt = acpi_dsdt(&fadt);
	if (dsdt)
		dsdt_code = (struct aml){ (const uint8_t *)(dsdt + 1),
					  dsdt->length - sizeof(*dsdt) };
	return dsdt_code;
}

bool aml_find(struct aml *a, const char segment[AML_SEGMENT])
{
	for (; a->left; aml_skip(a, 1))
		if (aml_is(a, segment, AML_SEGMENT))
			return aml_skip(a, AML_SEGMENT);
	return false;
}

bool aml_value(struct aml a, const uint8_t segment[AML_SEGMENT],
	       struct aml *value)
{
	for (; a.left; aml_skip(&a, 1)) {
		if (*a.at != AML_NAME)
			continue;
		*value = a;
		aml_skip(value, 1);
		if (aml_is(value, segment, AML_SEGMENT))
			return aml_skip(value, AML_SEGMENT);
	}
	return false;
}

bool aml_next_node(struct aml *a, struct aml_node *node)
{
	static const uint8_t device[] = { AML_EXTENDED, AML_DEVICE };
	struct aml rest;

	for (; a->left; aml_skip(a, 1)) {
		rest = *a;
		if (!aml_skip(&rest, aml_is(&rest, device, sizeof(device)) ?
				     sizeof(device) :
				     *rest.at == AML_SCOPE ? 1 : a->left))
			continue;
		node->body = aml_length(&rest);
		node->name = aml_name(&node->body);
		if (!node->name)
			continue;
		aml_skip(a, (size_t)(node->body.at - a->at));
		return true;
	}
	return false;
}

bool aml_owner(struct aml code, const uint8_t *place, struct aml_node *node)
{
	struct aml_node next;
	bool found = false;

	while (aml_next_node(&code, &next) && next.body.at <= place) {
		if (place - next.body.at >= (ptrdiff_t)next.body.left)
			continue;
		*node = next;
		found = true;
	}
	return found;
}
