/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/acpi-registers/acpi_registers.c. DO NOT EDIT. */
/*
 * Firmware may name any address as a register's. None is touched that is out
 * of reach or in the image, where a write would change the guest itself.
 */
#include <stddef.h>

#include <plat/acpi.h>
#include <plat/acpi_registers.h>
#include <plat/core.h>
#include <plat/image.h>
#include <plat/x86.h>

bool acpi_copy(const char signature[4], void *to, size_t size)
{
	const struct acpi_header *t = acpi_find(signature);
	const uint8_t *from = (const uint8_t *)t;
	uint8_t *p = to;
	size_t i;

	if (!t)
		return false;
	for (i = 0; i < size; i++)
		p[i] = i < t->length ? from[i] : 0;
	return true;
}

const struct acpi_header *acpi_dsdt(const struct acpi_fadt *fadt)
{
	const struct acpi_header *dsdt = acpi_table(fadt->x_dsdt, "DSDT");

	return dsdt ? dsdt : acpi_table(fadt->dsdt, "DSDT");
}

volatile void *acpi_registers(const struct acpi_address *reg, size_t size)
{
	const uint64_t at = reg->address;

	if (reg->space != ACPI_SPACE_MEMORY || !acpi_in_reach(at, size) ||
	    at % size || (at + size > (uint64_t)_base_addr &&
			  at < (uint64_t)_end))
		return NULL;
	return core_phys(at);
}

void acpi_write8(const struct acpi_address *reg, uint8_t value)
{
	volatile uint8_t *at = acpi_registers(reg, sizeof(*at));

	if (at)
		*at = value;
	else if (reg->space == ACPI_SPACE_IO && reg->address &&
		 reg->address <= UINT16_MAX)
		outb((uint16_t)reg->address, value);
}
