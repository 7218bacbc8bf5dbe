/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ACPI's list of CPUs, built for the host and fed by libFuzzer. The table lies at
 * the end of a block of its size, so that a look behind it is found, and at an
 * odd address.
 * Whatever it says: no CPU is taken twice, none out of reach, never the one that
 * boots, and each is one that an entry names.
 */
#include "feeder.h"

/* As one unit, so that each run can begin with fresh data */
#include <pc/madt/madt.c>
#include <cpu/sipi/sipi.c>

#define BOOT_ID		3
#define LIMIT		8

struct cpu cpus[MACHINE_MAX_CPUS];
unsigned int cpus_count;
const uint8_t sipi_begin[16];		/* sipi_end: by the linker */

static struct acpi_madt *table;
volatile uint32_t *lapic_page;	/* NULL: in x2APIC mode */
static volatile uint32_t registers;

/* Some 4 bytes of the table, or one of them, are this id; 255 is none in one. */
static bool named(uint32_t id)
{
	const uint8_t *p = (const uint8_t *)table;
	uint32_t i;

	for (i = sizeof(*table); i < table->header.length; i++)
		if ((p[i] == id && id < UINT8_MAX) ||
		    (i + 4 <= table->header.length &&
		     !memcmp(&p[i], &id, 4)))
			return true;
	return false;
}

void cpus_add(uint32_t id, uint32_t apic_id)
{
	unsigned int i;

	must(id == apic_id, "the starter's name is the APIC's");
	must(apic_id != BOOT_ID, "the boot CPU is not started again");
	must(!lapic_page || apic_id < UINT8_MAX, "an id is within reach");
	must(apic_id != UINT32_MAX, "no id that means all CPUs");
	must(named(apic_id), "an entry names the CPU");
	for (i = 1; i < cpus_count; i++)
		must(cpus[i].apic_id != apic_id, "no CPU is taken twice");
	if (cpus_count == LIMIT)
		return;
	cpus[cpus_count].id = id;
	cpus[cpus_count++].apic_id = apic_id;
}

const struct acpi_header *acpi_find(const char signature[4])
{
	return signature[0] == 'A' && table ? &table->header : NULL;
}

uint64_t memory_map_take(struct memory_map *map, uint64_t size, uint64_t below)
{
	(void)map;
	must(size == 0x1000 && below == 0xa0000, "one page below 640 KiB");
	return 0x9e000;
}

void *core_phys(uint64_t paddr)
{
	static uint8_t page_below[0x1000];

	must(paddr == 0x9e000, "the page that was taken is used");
	return page_below;
}

void core_error(const char *fmt, ...)
{
	must(fmt[0], "a message says something");
}

void lapic_send(uint32_t apic_id, uint32_t message)
{
	(void)apic_id;
	(void)message;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const size_t length = size < sizeof(table->header)
		? sizeof(table->header) : size;

	uint8_t *const block = calloc(1, length + 1);

	table = (void *)(block + 1);
	memcpy(table, data, size);
	table->header.length = (uint32_t)length;
	lapic_page = length % 2 ? NULL : &registers;
	memset(cpus, 0, sizeof(cpus));
	cpus[0].apic_id = BOOT_ID;
	cpus_count = 1;
	own_entries = 0;
	madt_searched = false;
	sipi.find(NULL);
	free(block);
	return 0;
}
