/* SPDX-License-Identifier: BSD-3-Clause */
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
#define MADT_X2APIC		9
#define MADT_CPU_ENABLED	1U

struct madt_lapic {
	struct madt_entry entry;
	uint8_t processor;
	uint8_t apic_id;
	uint32_t flags;
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
_Static_assert(sizeof(struct madt_x2apic) == 16, "MADT local x2APIC");

/**
 * Calls `found` for each CPU that is enabled, in the table's order. An entry
 * that cannot be used is logged and skipped; a broken one ends the search.
 */
void madt_cpus(const struct acpi_madt *madt, void (*found)(uint32_t apic_id));

#endif /* PLAT_MADT_H */
