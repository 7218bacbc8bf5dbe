/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/hpet/hpet.c. DO NOT EDIT. */
/*
 * Source: IA-PC HPET specification 1.0a, 2.3 (registers), 3.2.4 (ACPI table).
 */
#include <plat/acpi.h>
#include <plat/acpi_registers.h>
#include <plat/tsc_frequency.h>

#define HPET_CAPABILITIES	0x000
#define HPET_CONFIG		0x010
#define HPET_COUNTER		0x0f0
#define HPET_SIZE		0x400
#define CONFIG_ENABLE		1
#define FEMTOSECONDS		1000000000000000UL
#define MAX_PERIOD		100000000U

struct hpet_table {
	struct acpi_header header;
	uint32_t id;
	struct acpi_address base;
} __attribute__((packed));

static volatile uint64_t *hpet;

static uint32_t hpet_read(void)
{
	return (uint32_t)hpet[HPET_COUNTER / 8];
}

static uint64_t tsc_hpet_hz(void)
{
	struct tsc_reference ref = {
		.mask = UINT32_MAX,
		.read = hpet_read,
	};
	struct hpet_table table;
	uint64_t period;

	if (!acpi_copy("HPET", &table, sizeof(table)))
		return 0;
	hpet = acpi_registers(&table.base, HPET_SIZE);
	if (!hpet)
		return 0;
	period = hpet[HPET_CAPABILITIES / 8] >> 32;
	if (!period || period > MAX_PERIOD)
		return 0;
	hpet[HPET_CONFIG / 8] |= CONFIG_ENABLE;
	ref.hz = FEMTOSECONDS / period;
	return tsc_measure(&ref);
}

const struct tsc_frequency_source tsc_by_hpet = {
	.name = "HPET",
	.hz = tsc_hpet_hz,
};
