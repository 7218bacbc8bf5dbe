/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/madt/include/plat/madt.h. DO NOT EDIT. */
/*
 * Source: ACPI specification 6.5, 5.2.12.
 */
#ifndef PLAT_MADT_H
#define PLAT_MADT_H

#include <stdint.h>

#include <plat/acpi.h>

struct acpi_madt {
	struct acpi_header header;
	uint32_t lapic_address;
	uint32_t flags;
} __attribute__((packed));

struct madt_entry {
	uint8_t type;
	uint8_t length;
};

#define MADT_LAPIC		0
#define MADT_IOAPIC		1
#define MADT_OVERRIDE		2
#define MADT_X2APIC		9
#define MADT_CPU_ENABLED	1U

struct madt_lapic {
	struct madt_entry entry;
	uint8_t processor;
	uint8_t apic_id;
	uint32_t flags;
} __attribute__((packed));

struct madt_ioapic {
	struct madt_entry entry;
	uint8_t id;
	uint8_t reserved;
	uint32_t address;
	uint32_t gsi_base;
} __attribute__((packed));

/* Where a line of the ISA bus goes, if not to the GSI of its own number */
struct madt_override {
	struct madt_entry entry;
	uint8_t bus;
	uint8_t source;
	uint32_t gsi;
	uint16_t flags;
} __attribute__((packed));

struct madt_x2apic {
	struct madt_entry entry;
	uint16_t reserved;
	uint32_t apic_id;
	uint32_t flags;
	uint32_t processor;
} __attribute__((packed));

_Static_assert(sizeof(struct acpi_madt) == 44, "MADT size");
_Static_assert(sizeof(struct madt_lapic) == 8, "MADT local APIC");
_Static_assert(sizeof(struct madt_ioapic) == 12, "MADT IOAPIC");
_Static_assert(sizeof(struct madt_override) == 10, "MADT override");
_Static_assert(sizeof(struct madt_x2apic) == 16, "MADT local x2APIC");

/** The MADT, searched for once; NULL if there is none. */
const struct acpi_madt *madt_find(void);

/**
 * The entry behind `entry`, or the first one if that is NULL. It is whole: of
 * the types above, all of the struct lies within the table.
 * @return NULL at the end, and at a broken entry, which is logged
 */
const struct madt_entry *madt_next(const struct acpi_madt *madt,
				   const struct madt_entry *entry);

/**
 * Calls `found` for each CPU that is enabled, in the table's order. An entry
 * that cannot be used is logged and skipped; a broken one ends the search.
 */
void madt_cpus(const struct acpi_madt *madt, void (*found)(uint32_t apic_id));

#endif /* PLAT_MADT_H */
