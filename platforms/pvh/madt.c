/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/madt/madt.c. DO NOT EDIT. */
/*
 * acpi_find() has checked the table's length and checksum. The lengths of its
 * entries are checked here.
 */
#include <stdbool.h>
#include <stddef.h>

#include <plat/core.h>
#include <plat/madt.h>

/* How long an entry of a type must be at least; 0 where nobody reads it */
static const uint8_t sizes[] = {
	[MADT_LAPIC] = sizeof(struct madt_lapic),
	[MADT_IOAPIC] = sizeof(struct madt_ioapic),
	[MADT_OVERRIDE] = sizeof(struct madt_override),
	[MADT_X2APIC] = sizeof(struct madt_x2apic),
};

static const struct acpi_madt *found_madt;
static bool madt_searched;

const struct acpi_madt *madt_find(void)
{
	if (!madt_searched)
		found_madt = (const void *)acpi_find("APIC");
	madt_searched = true;
	return found_madt;
}

const struct madt_entry *madt_next(const struct acpi_madt *madt,
				   const struct madt_entry *entry)
{
	const uint8_t *const end = (const uint8_t *)madt + madt->header.length;
	const uint8_t *at = (const uint8_t *)(madt + 1);
	size_t left, need = sizeof(*entry);

	if (madt->header.length < sizeof(*madt)) {
		core_error("MADT: %u bytes are too short", madt->header.length);
		return NULL;
	}
	if (entry)
		at = (const uint8_t *)entry + entry->length;
	left = (size_t)(end - at);
	if (!left)
		return NULL;
	entry = (const void *)at;
	if (left >= need && entry->type < sizeof(sizes) &&
	    sizes[entry->type])
		need = sizes[entry->type];
	if (left < need || entry->length < need || entry->length > left) {
		core_error("MADT: the entry %zu bytes before the end is broken",
			   left);
		return NULL;
	}
	return entry;
}

/* The highest id that an entry can hold sends to all CPUs: SDM 3, 11.6.2.1. */
static void enabled(uint32_t apic_id, uint32_t all, void (*found)(uint32_t))
{
	if (apic_id == all)
		core_error("MADT: APIC id %u is a broadcast", apic_id);
	else
		found(apic_id);
}

void madt_cpus(const struct acpi_madt *madt, void (*found)(uint32_t apic_id))
{
	const struct madt_entry *e;

	for (e = madt_next(madt, NULL); e; e = madt_next(madt, e)) {
		const struct madt_lapic *const l = (const void *)e;
		const struct madt_x2apic *const x = (const void *)e;

		if (e->type == MADT_LAPIC && l->flags & MADT_CPU_ENABLED)
			enabled(l->apic_id, UINT8_MAX, found);
		else if (e->type == MADT_X2APIC && x->flags & MADT_CPU_ENABLED)
			enabled(x->apic_id, UINT32_MAX, found);
	}
}
