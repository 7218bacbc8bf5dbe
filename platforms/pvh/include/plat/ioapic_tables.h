/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/ioapic/include/plat/ioapic_tables.h. DO NOT EDIT. */
#ifndef PLAT_IOAPIC_TABLES_H
#define PLAT_IOAPIC_TABLES_H

#include <stdbool.h>
#include <stdint.h>

#include <plat/ioapic.h>

/* Lines of the ISA bus; the numbers above them are GSIs, mostly of PCI. */
#define IOAPIC_ISA_LINES	16

/* Where a device's line goes, by the number that drivers know */
struct ioapic_line {
	uint8_t gsi;
	uint8_t how;		/* IOAPIC_LEVEL, IOAPIC_LOW */
};

/** What the tables say, and what is usual where they say nothing */
extern struct ioapic_line ioapic_lines[IOAPIC_GSIS];

/**
 * Takes an IOAPIC whose pins begin at a GSI into use, all of them masked.
 * @return how many pins it has, 0 if there is none at that address
 */
unsigned int ioapic_add(uint64_t paddr, uint32_t gsi_base);

/** Calls ioapic_add() for all that ACPI names, else for the MP table's. */
void ioapic_read_tables(void);

#endif /* PLAT_IOAPIC_TABLES_H */
