/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/ioapic/ioapic_tables.c. DO NOT EDIT. */
/*
 * Which IOAPICs there are and how devices' lines are wired to them: by ACPI's
 * MADT, else by the MP table. Both write polarity and trigger alike.
 */
#include <stddef.h>

#include <plat/core.h>
#include <plat/ioapic_tables.h>
#include <plat/madt.h>
#include <plat/mp_table.h>

/* Flags of an entry; 0 stands for what the bus has */
#define POLARITY	3U
#define POLARITY_HIGH	1U
#define POLARITY_LOW	3U
#define TRIGGER		(3U << 2)
#define TRIGGER_EDGE	(1U << 2)
#define TRIGGER_LEVEL	(3U << 2)

#define BUSES		256

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

	if (irq >= IOAPIC_GSIS || gsi >= IOAPIC_GSIS) {
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

struct mp_reader {
	uint8_t is_pci[BUSES / 8];
	uint32_t next_gsi;
	struct {
		uint8_t id;
		uint32_t gsi_base;
	} ioapic[IOAPIC_GSIS];		/* each has one pin at least */
	unsigned int ioapics;
};

static void read_mp_ioapic(struct mp_reader *r, const struct mp_ioapic *e)
{
	unsigned int pins;

	if (!(e->flags & MP_IOAPIC_ENABLED) || r->next_gsi >= IOAPIC_GSIS)
		return;
	pins = ioapic_add(e->address, r->next_gsi);
	if (!pins)
		return;
	r->ioapic[r->ioapics].id = e->id;
	r->ioapic[r->ioapics++].gsi_base = r->next_gsi;
	r->next_gsi += pins;
}

/* IOAPICs come before the interrupts that go to them. */
static void read_mp_interrupt(const struct mp_reader *r,
			      const struct mp_interrupt *e)
{
	const bool pci = r->is_pci[e->bus / 8] >> e->bus % 8 & 1;
	uint32_t gsi;
	unsigned int i;

	if (e->kind != MP_VECTORED)
		return;
	for (i = 0; i < r->ioapics; i++) {
		if (e->ioapic != r->ioapic[i].id && e->ioapic != MP_ALL_IOAPICS)
			continue;
		gsi = r->ioapic[i].gsi_base + e->pin;
		if (pci)
			wire_line(gsi, gsi, IOAPIC_LEVEL | IOAPIC_LOW,
				  e->flags);
		else
			wire_line(e->source, gsi, 0, e->flags);
		return;
	}
}

static bool read_mp_table(const struct mp_table *table)
{
	struct mp_reader r = { .next_gsi = 0 };
	const struct mp_bus *bus;
	const uint8_t *e;

	for (e = mp_table_next(table, NULL); e; e = mp_table_next(table, e)) {
		bus = (const void *)e;
		if (*e == MP_BUS && bus->name[0] == 'P' && bus->name[1] == 'C')
			r.is_pci[bus->id / 8] |= (uint8_t)(1U << bus->id % 8);
		else if (*e == MP_IOAPIC)
			read_mp_ioapic(&r, (const void *)e);
		else if (*e == MP_INTERRUPT)
			read_mp_interrupt(&r, (const void *)e);
	}
	return r.ioapics > 0;
}

void ioapic_read_tables(void)
{
	const struct acpi_madt *const madt = madt_find();
	const struct mp_table *mp;
	unsigned int irq;

	for (irq = 0; irq < IOAPIC_GSIS; irq++) {
		ioapic_lines[irq].gsi = (uint8_t)irq;
		ioapic_lines[irq].how = usual_line(irq);
	}
	if (madt && read_madt(madt))
		return;
	mp = mp_table_find();
	if (mp)
		read_mp_table(mp);
}
