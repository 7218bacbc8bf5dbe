/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/cpu/sipi/sipi.c. DO NOT EDIT. */
/*
 * Source: Intel SDM volume 3, 9.4 (MP initialisation) and 11.6 (interrupt
 * commands). No hypervisor needs the pauses that the manual has between the
 * messages. If the startup message comes (1) after the CPU has taken INIT, the
 * CPU begins; (2) before that, the CPU drops it and cpus_wait() sends another
 * one; (3) to a CPU that runs already, that CPU ignores it.
 */
#include <stddef.h>

#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/lapic.h>
#include <plat/madt.h>
#include <plat/memory_map.h>
#include <plat/page.h>
#include <plat/sipi.h>
#include <plat/x86.h>

uint64_t sipi_cr0, sipi_cr3, sipi_cr4, sipi_efer;

static uint64_t page;
static unsigned int own_entries;

static void sipi_found(uint32_t apic_id)
{
	unsigned int i;

	/* The boot CPU has an entry as well. */
	if (apic_id == cpus[0].apic_id && !own_entries++)
		return;
	for (i = 0; cpus_has(i); i++)
		if (apic_id == cpus[i].apic_id) {
			core_error("MADT: APIC id %u is listed twice", apic_id);
			return;
		}
	if (!lapic_can_reach(apic_id)) {
		core_error("MADT: APIC id %u needs an x2APIC", apic_id);
		return;
	}
	cpus_add(apic_id, apic_id);
}

static bool sipi_find(struct memory_map *map)
{
	const struct acpi_madt *const madt = madt_find();
	const uint8_t *from = sipi_begin;
	uint8_t *to;

	if (!madt) {
		core_error("CPUs: no valid MADT was found, so one CPU is used");
		return false;
	}
	madt_cpus(madt, sipi_found);
	if (cpus_count == 1)
		return true;
	page = memory_map_take(map, PAGE_SIZE, LEGACY_HOLE_START);
	if (!page) {
		core_error("CPUs: no page below 640 KiB is free");
		cpus_count = 1;
		return true;
	}
	for (to = core_phys(page); from < sipi_end;)
		*to++ = *from++;
	return true;
}

static void send_startup(const struct cpu *c)
{
	lapic_send(c->id, LAPIC_STARTUP | (uint32_t)(page / PAGE_SIZE));
}

static int sipi_start(const struct cpu *c)
{
	sipi_cr0 = read_cr0();
	sipi_cr3 = read_cr3();
	sipi_cr4 = read_cr4();
	sipi_efer = rdmsr(MSR_EFER);
	lapic_send(c->id, LAPIC_INIT);
	send_startup(c);
	return 0;
}

const struct cpu_starter sipi = {
	.name = "the local APIC",
	.find = sipi_find,
	.start = sipi_start,
	.start_again = send_startup,
};
