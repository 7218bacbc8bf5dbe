/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/pci/pci_dsdt.c. DO NOT EDIT. */
/*
 * Where no firmware sets PCI up, as on QEMU's microvm, the DSDT still describes
 * it. Both parts that matter are found in its byte code without an interpreter:
 * resource descriptors lie there as they are, and the method _CBA does nothing
 * but return a number. Source: ACPI specification 6.5, 6.4.3.5.2 (DWord address
 * space descriptor), 20.2 (AML); PCI firmware specification 3.3, 4.1.3 (_CBA).
 */
#include <stdbool.h>
#include <stddef.h>

#include <plat/acpi.h>
#include <plat/acpi_registers.h>
#include <plat/pci_dsdt.h>

#define DESCRIPTOR		0x87
#define DESCRIPTOR_MEMORY	0

#define AML_RETURN	0xa4
#define AML_DWORD	0x0c
#define AML_QWORD	0x0e

struct dword_space {
	uint8_t descriptor;
	uint16_t length;	/* of what follows */
	uint8_t type;
	uint8_t flags;
	uint8_t type_flags;
	uint32_t granularity;
	uint32_t first;
	uint32_t last;
	uint32_t offset;
	uint32_t size;
} __attribute__((packed));

struct cba_method {
	char name[4];
	uint8_t flags;
	uint8_t code;
	uint8_t prefix;
	union {
		uint32_t dword;
		uint64_t qword;
	} __attribute__((packed)) base;
} __attribute__((packed));

static const struct acpi_header *find_dsdt(void)
{
	const struct acpi_header *dsdt;
	struct acpi_fadt fadt;

	if (!acpi_copy("FACP", &fadt, sizeof(fadt)))
		return NULL;
	dsdt = acpi_table(fadt.x_dsdt, "DSDT");
	return dsdt ? dsdt : acpi_table(fadt.dsdt, "DSDT");
}

static bool is_cba(const struct cba_method *m)
{
	return m->name[0] == '_' && m->name[1] == 'C' && m->name[2] == 'B' &&
	       m->name[3] == 'A' && m->code == AML_RETURN;
}

uint64_t pci_dsdt_ecam(void)
{
	const struct acpi_header *dsdt = find_dsdt();
	const struct cba_method *m;
	const uint8_t *p;
	size_t left;

	if (!dsdt)
		return 0;
	p = (const uint8_t *)(dsdt + 1);
	left = dsdt->length - sizeof(*dsdt);
	for (; left >= sizeof(*m); p++, left--) {
		m = (const void *)p;
		if (is_cba(m) && m->prefix == AML_DWORD)
			return m->base.dword;
		if (is_cba(m) && m->prefix == AML_QWORD)
			return m->base.qword;
	}
	return 0;
}

static bool is_memory(const struct dword_space *d)
{
	return d->descriptor == DESCRIPTOR &&
	       d->length >= sizeof(*d) - offsetof(struct dword_space, type) &&
	       d->type == DESCRIPTOR_MEMORY && d->first && !d->offset &&
	       d->first < d->last && d->last - d->first == d->size - 1;
}

struct pci_range pci_dsdt_window(void)
{
	const struct acpi_header *dsdt = find_dsdt();
	struct pci_range found = { 0, 0 };
	const struct dword_space *d;
	const uint8_t *p;
	size_t left;

	if (!dsdt)
		return found;
	p = (const uint8_t *)(dsdt + 1);
	left = dsdt->length - sizeof(*dsdt);
	for (; left >= sizeof(*d); p++, left--) {
		d = (const void *)p;
		if (!is_memory(d) || d->size <= found.end - found.start)
			continue;
		found.start = d->first;
		found.end = (uint64_t)d->last + 1;
	}
	return found;
}
