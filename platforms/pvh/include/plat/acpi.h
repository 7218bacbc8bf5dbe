/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/acpi/include/plat/acpi.h. DO NOT EDIT. */
/*
 * Source: ACPI specification 6.5, 5.2.
 */
#ifndef PLAT_ACPI_H
#define PLAT_ACPI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <plat/page.h>

/* Packed, as firmware may put a table at any address */
struct acpi_header {
	char signature[4];
	uint32_t length;	/* of the whole table */
	uint8_t revision;
	uint8_t checksum;
	char oem[6];
	char oem_table[8];
	uint32_t oem_revision;
	uint32_t creator;
	uint32_t creator_revision;
} __attribute__((packed));

/* Page 0 is not mapped after boot, nor is all that lies above 4 GiB. */
#define ACPI_REACH_START	PAGE_SIZE
#define ACPI_REACH_END		FOUR_GIB

_Static_assert(sizeof(struct acpi_header) == 36, "ACPI header size");

/**
 * Finds a table with a right checksum.
 * @param signature	four characters
 * @return the table, or NULL
 */
const struct acpi_header *acpi_find(const char signature[4]);

/** The same for the one table that may lie at a physical address. */
const struct acpi_header *acpi_table(uint64_t paddr, const char signature[4]);

/** Whether all these addresses stay mapped as long as the guest lives. */
static inline bool acpi_in_reach(uint64_t paddr, uint64_t size)
{
	return paddr >= ACPI_REACH_START && paddr < ACPI_REACH_END &&
	       size <= ACPI_REACH_END - paddr;
}

#endif /* PLAT_ACPI_H */
