/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/acpi/acpi.c. DO NOT EDIT. */
/*
 * Tables are searched when one is needed: most guests need none before they
 * end. Whatever firmware says is checked before it is used, and the work of all
 * searches together is limited.
 */
#include <stddef.h>

#include <plat/acpi.h>
#include <plat/boot.h>
#include <plat/core.h>

#define BIOS_AREA_START		0xe0000
#define BIOS_AREA_END		LEGACY_HOLE_END
#define MAX_TABLE_SIZE		0x400000

/*
 * Bytes to be read in the whole life of the guest, a tenth of a second of work.
 * Firmware has some 100 KiB of tables, but a root of 1 MiB can name itself
 * 130,000 times.
 */
#define MOST_WORK		0x1000000

struct rsdp {
	char signature[8];
	uint8_t checksum;
	char oem[6];
	uint8_t revision;
	uint32_t rsdt;
	/* From revision 2 on */
	uint32_t length;
	uint64_t xsdt;
	uint8_t extended_checksum;
	uint8_t reserved[3];
} __attribute__((packed));

#define RSDP_V1_SIZE	20

static size_t work_left = MOST_WORK;
static bool work_told;

static bool afford(size_t size)
{
	if (size <= work_left) {
		work_left -= size;
		return true;
	}
	if (!work_told)
		core_error("ACPI: tables are too long, some were skipped");
	work_told = true;
	return false;
}

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

static const struct rsdp *rsdp_at(uint64_t paddr)
{
	const struct rsdp *r;

	if (!acpi_in_reach(paddr, sizeof(*r)))
		return NULL;
	r = core_phys(paddr);
	return same(r->signature, "RSD PTR ", sizeof(r->signature)) &&
	       sum_is_zero(r, RSDP_V1_SIZE) ? r : NULL;
}

static const struct rsdp *find_rsdp(void)
{
	const struct rsdp *r = NULL;
	uint64_t at;

	if (boot_rsdp)
		r = rsdp_at(boot_rsdp);
	for (at = BIOS_AREA_START; !r && at < BIOS_AREA_END; at += 16)
		r = rsdp_at(at);
	return r;
}

const struct acpi_header *acpi_table(uint64_t paddr, const char signature[4])
{
	const struct acpi_header *t;

	if (!acpi_in_reach(paddr, sizeof(*t)))
		return NULL;
	t = core_phys(paddr);
	if (!same(t->signature, signature, 4) || t->length < sizeof(*t) ||
	    t->length > MAX_TABLE_SIZE || !acpi_in_reach(paddr, t->length) ||
	    !afford(t->length))
		return NULL;
	return sum_is_zero(t, t->length) ? t : NULL;
}

static const struct acpi_header *find_root(size_t *width)
{
	const struct rsdp *r = find_rsdp();
	const struct acpi_header *root = NULL;

	if (!r)
		return NULL;
	*width = 8;
	if (r->revision >= 2 && r->length >= sizeof(*r))
		root = acpi_table(r->xsdt, "XSDT");
	if (!root) {
		*width = 4;
		root = acpi_table(r->rsdt, "RSDT");
	}
	return root;
}

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
	size_t i, width, count;

	root = find_root(&width);
	if (!root)
		return NULL;
	count = (root->length - sizeof(*root)) / width;
	for (i = 0; i < count && afford(sizeof(*t)); i++) {
		t = acpi_table(entry_at(root, i, width), signature);
		if (t)
			return t;
	}
	return NULL;
}
