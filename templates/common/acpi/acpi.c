/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Tables are looked for when somebody needs one: most guests need none before
 * they end.
 */
#include <stddef.h>

#include <plat/acpi.h>
#include <plat/boot.h>
#include <plat/core.h>
#include <plat/x86.h>

#define BIOS_AREA_START		0xe0000
#define BIOS_AREA_END		0x100000
#define MAX_TABLE_SIZE		0x1000000

/* Page 0 is not mapped after boot, nor is all that lies above 4 GiB. */
#define REACH_START		0x1000UL
#define REACH_END		0x100000000UL

struct rsdp {
	char signature[8];
	uint8_t checksum;
	char oem[6];
	uint8_t revision;
	uint32_t rsdt;
	uint32_t length;
	uint64_t xsdt;
	uint8_t extended_checksum;
	uint8_t reserved[3];
} __attribute__((packed));

#define RSDP_V1_SIZE	20

static bool sum_is_zero(const void *data, size_t size)
{
	const uint8_t *p = data;
	uint8_t sum = 0;

	while (size--)
		sum = (uint8_t)(sum + *p++);
	return sum == 0;
}

static bool same(const char *a, const char *b, size_t len)
{
	while (len--)
		if (*a++ != *b++)
			return false;
	return true;
}

static bool in_reach(uint64_t paddr, uint64_t size)
{
	return paddr >= REACH_START && paddr < REACH_END &&
	       size <= REACH_END - paddr;
}

static const struct rsdp *rsdp_at(uint64_t paddr)
{
	const struct rsdp *r = core_phys(paddr);

	if (!in_reach(paddr, sizeof(*r)))
		return NULL;
	return same(r->signature, "RSD PTR ", sizeof(r->signature)) &&
	       sum_is_zero(r, RSDP_V1_SIZE) ? r : NULL;
}

static const struct rsdp *find_rsdp(void)
{
	const struct rsdp *r = NULL;
	uint64_t at;

	if (boot_rsdp())
		r = rsdp_at(boot_rsdp());
	for (at = BIOS_AREA_START; !r && at < BIOS_AREA_END; at += 16)
		r = rsdp_at(at);
	return r;
}

const struct acpi_header *acpi_table(uint64_t paddr)
{
	const struct acpi_header *t = core_phys(paddr);

	if (!in_reach(paddr, sizeof(*t)) || t->length < sizeof(*t) ||
	    t->length > MAX_TABLE_SIZE || !in_reach(paddr, t->length))
		return NULL;
	return sum_is_zero(t, t->length) ? t : NULL;
}

/* XSDT entries are 8 bytes wide but only 4-aligned. */
static uint64_t entry_at(const struct acpi_header *root, size_t i, size_t width)
{
	const uint8_t *p = (const uint8_t *)(root + 1) + i * width;
	uint64_t entry = 0;
	size_t b;

	for (b = 0; b < width; b++)
		entry |= (uint64_t)p[b] << (8 * b);
	return entry;
}

const struct acpi_header *acpi_find(const char signature[4])
{
	const struct acpi_header *root, *t;
	const struct rsdp *r = find_rsdp();
	size_t i, width, count;

	if (!r)
		return NULL;
	width = r->revision >= 2 && r->xsdt ? 8 : 4;
	root = acpi_table(width == 8 ? r->xsdt : r->rsdt);
	if (!root)
		return NULL;
	count = (root->length - sizeof(*root)) / width;
	for (i = 0; i < count; i++) {
		t = acpi_table(entry_at(root, i, width));
		if (t && same(t->signature, signature, 4))
			return t;
	}
	return NULL;
}

void acpi_write8(const struct acpi_address *reg, uint8_t value)
{
	if (reg->space == ACPI_SPACE_IO)
		outb((uint16_t)reg->address, value);
	else if (reg->space == ACPI_SPACE_MEMORY)
		*(volatile uint8_t *)core_phys(reg->address) = value;
}
