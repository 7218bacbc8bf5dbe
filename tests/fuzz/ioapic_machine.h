/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two IOAPICs, the first MiB of memory, and tables in it. Included once, together
 * with what reads them.
 */
#ifndef FUZZ_IOAPIC_MACHINE_H
#define FUZZ_IOAPIC_MACHINE_H

#include "feeder.h"

/* As one unit, so that each run can begin with fresh data */
#include <pc/madt/madt.c>
#include <pc/mp-table/mp_table.c>
#include <pc/ioapic/ioapic_mp.c>
#include <pc/ioapic/ioapic_tables.c>
#include <pc/ioapic/ioapic.c>

#define LOW_MEMORY	0x100000
#define FIRST_AT	0xfec00000U
#define SECOND_AT	0xfec10000U
#define NOWHERE_AT	0xfec20000U
#define PINS		24
#define OPEN_PIN	0x00000020U
#define BOOT_APIC_ID	3
#define MOST_LINES	16

struct cpu cpus[CPUS_MAX] = { { .apic_id = BOOT_APIC_ID } };
unsigned int cpus_count = 1;
uint32_t boot_cpu_lint0;

static uint8_t *memory;
static struct acpi_madt *madt_block;

static struct model {
	uint32_t at;
	uint32_t low[PINS], high[PINS];
} models[2] = { { .at = FIRST_AT }, { .at = SECOND_AT } };

static struct model *model_at(uint64_t paddr)
{
	must(paddr >= 0xf0000000U && paddr < 0xfee00000U && paddr % 16 == 0,
	     "an IOAPIC can be there");
	return paddr == FIRST_AT ? &models[0] : paddr == SECOND_AT ? &models[1]
								   : NULL;
}

uint32_t ioapic_get(uint64_t paddr, unsigned int reg)
{
	const struct model *const m = model_at(paddr);

	if (!m)
		return UINT32_MAX;
	if (reg == 1)
		return (PINS - 1) << 16 | 0x11;
	must(reg >= 0x10 && reg < 0x10 + 2 * PINS, "the register exists");
	return reg % 2 ? m->high[(reg - 0x10) / 2] : m->low[(reg - 0x10) / 2];
}

void ioapic_set(uint64_t paddr, unsigned int reg, uint32_t value)
{
	struct model *const m = model_at(paddr);

	must(m && reg >= 0x10 && reg < 0x10 + 2 * PINS, "the register exists");
	*(reg % 2 ? &m->high[(reg - 0x10) / 2] : &m->low[(reg - 0x10) / 2]) =
		value;
}

const struct acpi_header *acpi_find(const char signature[4])
{
	return signature[0] == 'A' && madt_block ? &madt_block->header : NULL;
}

/* There is nothing above the first MiB but the page that holds nothing. */
void *core_phys(uint64_t paddr)
{
	static uint8_t nothing[sizeof(struct mp_table)];

	return paddr < LOW_MEMORY ? &memory[paddr] : nothing;
}

void core_error(const char *fmt, ...)
{
	must(fmt[0], "a message says something");
}

static uint8_t sum_of(const uint8_t *p, size_t size)
{
	uint8_t sum = 0;

	while (size--)
		sum = (uint8_t)(sum + *p++);
	return sum;
}

/* The table ends with the BIOS's ROM, and the sum of it is made right. */
static void place_mp_table(const uint8_t *data, size_t size)
{
	uint8_t *const at = &memory[LOW_MEMORY - size];
	struct mp_pointer p = {
		.signature = SIGNATURE('_', 'M', 'P', '_'),
		.table = (uint32_t)(LOW_MEMORY - size),
		.length = 1,
	};
	struct mp_table t;

	memcpy(at, data, size);
	memcpy(&t, at, sizeof(t));
	memcpy(t.signature, "PCMP", 4);
	t.length = (uint16_t)size;
	memcpy(at, &t, sizeof(t));
	((struct mp_table *)at)->checksum =
		(uint8_t)(t.checksum - sum_of(at, size));
	p.checksum = (uint8_t)-sum_of((uint8_t *)&p, sizeof(p));
	memcpy(&memory[0x9fc00], &p, sizeof(p));
}

#endif /* FUZZ_IOAPIC_MACHINE_H */
