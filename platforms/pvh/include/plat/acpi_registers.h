/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/acpi-registers/include/plat/acpi_registers.h. DO NOT EDIT. */
/*
 * Source: ACPI specification 6.5, 5.2.3.2 (generic address), 5.2.9 (FADT), 4.8
 * (registers).
 */
#ifndef PLAT_ACPI_REGISTERS_H
#define PLAT_ACPI_REGISTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <plat/acpi.h>

/* Generic address: a register in memory or I/O space */
struct acpi_address {
	uint8_t space;
	uint8_t bits;
	uint8_t offset;
	uint8_t access;
	uint64_t address;
} __attribute__((packed));

#define ACPI_SPACE_MEMORY	0
#define ACPI_SPACE_IO		1

struct acpi_fadt {
	struct acpi_header header;
	uint32_t facs;
	uint32_t dsdt;
	uint8_t skipped0[20];
	uint32_t pm1a_control;
	uint8_t skipped1[8];
	uint32_t pm_timer;
	uint8_t skipped2[32];
	uint32_t flags;
	struct acpi_address reset;
	uint8_t reset_value;
	uint8_t skipped3[3];
	uint64_t x_facs;
	uint64_t x_dsdt;
	uint8_t skipped4[96];
	struct acpi_address sleep_control;
	struct acpi_address sleep_status;
} __attribute__((packed));

#define FADT_RESET_SUPPORTED	(1U << 10)
#define FADT_HW_REDUCED		(1U << 20)

_Static_assert(__builtin_offsetof(struct acpi_fadt, pm1a_control) == 64,
	       "FADT PM1a control");
_Static_assert(__builtin_offsetof(struct acpi_fadt, pm_timer) == 76,
	       "FADT PM timer");
_Static_assert(__builtin_offsetof(struct acpi_fadt, reset) == 116,
	       "FADT reset register");
_Static_assert(__builtin_offsetof(struct acpi_fadt, sleep_control) == 244,
	       "FADT sleep control");

/**
 * Copies the beginning of a table. Older tables are shorter than the newest
 * layout: what is missing reads as zeros.
 * @return whether there is such a table
 */
bool acpi_copy(const char signature[4], void *to, size_t size);

/** The table of byte code that a FADT names, or NULL. */
const struct acpi_header *acpi_dsdt(const struct acpi_fadt *fadt);

/**
 * Where registers in memory can be reached.
 * @param size	bytes, a power of two: registers are aligned to their size
 * @return NULL if they are not in memory, or where no register can be
 */
volatile void *acpi_registers(const struct acpi_address *reg, size_t size);

/** Writes one byte to a register in memory or I/O space, if that can be. */
void acpi_write8(const struct acpi_address *reg, uint8_t value);

#endif /* PLAT_ACPI_REGISTERS_H */
