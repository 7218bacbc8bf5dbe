/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/madt/madt.c. DO NOT EDIT. */
/*
 * acpi_find() has checked the table's length and checksum. The lengths of its
 * entries are checked here.
 */
#include <stddef.h>

#include <plat/core.h>
#include <plat/madt.h>

/* The highest id that an entry can hold sends to all CPUs: SDM 3, 11.6.2.1. */
static void enabled(uint32_t apic_id, uint32_t all, void (*found)(uint32_t))
{
	if (apic_id == all)
		core_error("MADT: APIC id %u is a broadcast", apic_id);
	else
		found(apic_id);
}

static void lapic_entry(const uint8_t *at, void (*found)(uint32_t))
{
	const struct madt_lapic *e = (const void *)at;

	if (e->flags & MADT_CPU_ENABLED)
		enabled(e->apic_id, UINT8_MAX, found);
}

static void x2apic_entry(const uint8_t *at, void (*found)(uint32_t))
{
	const struct madt_x2apic *e = (const void *)at;

	if (e->flags & MADT_CPU_ENABLED)
		enabled(e->apic_id, UINT32_MAX, found);
}

void madt_cpus(const struct acpi_madt *madt, void (*found)(uint32_t apic_id))
{
	static const struct {
		void (*read)(const uint8_t *at, void (*found)(uint32_t));
		size_t size;
	} kinds[] = {
		[MADT_LAPIC] = { lapic_entry, sizeof(struct madt_lapic) },
		[MADT_X2APIC] = { x2apic_entry, sizeof(struct madt_x2apic) },
	};
	const uint8_t *at = (const uint8_t *)(madt + 1);
	const struct madt_entry *e;
	size_t left, need;

	if (madt->header.length < sizeof(*madt)) {
		core_error("MADT: %u bytes are too short", madt->header.length);
		return;
	}
	for (left = madt->header.length - sizeof(*madt); left;
	     left -= e->length, at += e->length) {
		e = (const void *)at;
		need = sizeof(*e);
		if (left >= need && e->type < sizeof(kinds) / sizeof(kinds[0]) &&
		    kinds[e->type].read)
			need = kinds[e->type].size;
		if (left < need || e->length < need || e->length > left) {
			core_error("MADT: the entry %zu bytes before the end is broken",
				   left);
			return;
		}
		if (need > sizeof(*e))
			kinds[e->type].read(at, found);
	}
}
