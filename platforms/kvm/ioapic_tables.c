/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/ioapic/ioapic_tables.c. DO NOT EDIT. */
/*
 * Which IOAPICs there are and how devices' lines are wired to them: by ACPI's
 * MADT, else by the MP table. Both write polarity and trigger alike.
 */
#include <stddef.h>

#include <plat/core.h>
#include <plat/ioapic_mp.h>
#include <plat/ioapic_tables.h>
#include <plat/madt.h>

/* Flags of an entry; 0 stands for what the bus has */
#define POLARITY	3U
#define POLARITY_HIGH	1U
#define POLARITY_LOW	3U
#define TRIGGER		(3U << 2)
#define TRIGGER_EDGE	(1U << 2)
#define TRIGGER_LEVEL	(3U << 2)

struct ioapic_line ioapic_lines[IOAPIC_GSIS];

/* A line of ISA comes by an edge to high level, one of PCI by low level. */
static uint8_t usual_line(unsigned int irq)
{
	return irq < IOAPIC_ISA_LINES ? 0 : IOAPIC_LEVEL | IOAPIC_LOW;
}

static void wire_line(unsigned int irq, uint32_t gsi, uint8_t how,
		      unsigned int flags)
{
	static bool told;

	if (gsi >= IOAPIC_GSIS) {
		if (!told)
			core_error("IOAPIC: line %u goes to GSI %u, which is not served",
				   irq, gsi);
		told = true;
		return;
	}
	if ((flags & POLARITY) == POLARITY_LOW)
		how |= IOAPIC_LOW;
	else if ((flags & POLARITY) == POLARITY_HIGH)
		how &= (uint8_t)~IOAPIC_LOW;
	if ((flags & TRIGGER) == TRIGGER_LEVEL)
		how |= IOAPIC_LEVEL;
	else if ((flags & TRIGGER) == TRIGGER_EDGE)
		how &= (uint8_t)~IOAPIC_LEVEL;
	ioapic_lines[irq].gsi = (uint8_t)gsi;
	ioapic_lines[irq].how = how;
	ioapic_lines[irq].told = true;
}

void ioapic_wire(unsigned int irq, unsigned int how)
{
	if (irq < IOAPIC_GSIS && !ioapic_lines[irq].told)
		ioapic_lines[irq].how = (uint8_t)how;
}

int ioapic_line_of(uint32_t gsi)
{
	unsigned int irq;

	/* Its own number first: another line may have been led there. */
	if (gsi < IOAPIC_GSIS && ioapic_lines[gsi].gsi == gsi)
		return (int)gsi;
	for (irq = 0; irq < IOAPIC_GSIS; irq++)
		if (ioapic_lines[irq].gsi == gsi)
			return (int)irq;
	return -1;
}

static bool read_madt(const struct acpi_madt *madt)
{
	const struct madt_entry *e;
	bool found = false;

	for (e = madt_next(madt, NULL); e; e = madt_next(madt, e)) {
		const struct madt_ioapic *const i = (const void *)e;
		const struct madt_override *const o = (const void *)e;

		if (e->type == MADT_IOAPIC)
			found |= ioapic_add(i->address, i->gsi_base) > 0;
		else if (e->type == MADT_OVERRIDE &&
			 o->source < IOAPIC_ISA_LINES)
			wire_line(o->source, o->gsi, usual_line(o->source),
				  o->flags);
	}
	return found;
}

void ioapic_read_tables(void)
{
	const struct acpi_madt *const madt = madt_find();
	const struct mp_table *mp;
	unsigned int irq;

	for (irq = 0; irq < IOAPIC_GSIS; irq++) {
		ioapic_lines[irq].gsi = (uint8_t)irq;
		ioapic_lines[irq].how = usual_line(irq);
		ioapic_lines[irq].told = false;
	}
	if (madt && read_madt(madt))
		return;
	mp = mp_table_find();
	if (mp)
		ioapic_read_mp(mp, wire_line);
}
