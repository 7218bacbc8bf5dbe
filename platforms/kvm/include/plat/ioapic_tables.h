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
	bool told;		/* by the tables, which have the last word */
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

/** Notes how a device drives its line, unless the tables say it. */
void ioapic_wire(unsigned int irq, unsigned int how);

/** The number of the line that goes to a GSI, or -1 if none does. */
int ioapic_line_of(uint32_t gsi);

/**
 * The number of the line that the MP table names for a pin of a PCI device, 0
 * being INTA; -1 if the table is not in use or does not name it.
 */
int ioapic_mp_line(uint8_t bus, uint8_t device, unsigned int pin);

#endif /* PLAT_IOAPIC_TABLES_H */
