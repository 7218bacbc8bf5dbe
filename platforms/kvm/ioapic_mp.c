/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/ioapic/ioapic_mp.c. DO NOT EDIT. */
/*
 * The MP table's lines. A line of ISA has the number that the bus gives it, a
 * pin of a PCI device that of the GSI where it goes. Source: Intel
 * MultiProcessor specification 1.4, 4.3.4 (interrupts), D.3 (those of PCI).
 */
#include <stdbool.h>
#include <stddef.h>

#include <plat/ioapic_mp.h>
#include <plat/ioapic_tables.h>

#define BUSES		256
#define DEVICE_SHIFT	2	/* of the source of a PCI line: pin below it */

static struct mp_reader {
	const struct mp_table *table;
	uint8_t is_pci[BUSES / 8];
	uint32_t next_gsi;
	struct {
		uint8_t id;
		uint32_t gsi_base;
	} ioapic[IOAPIC_GSIS];		/* each has one pin at least */
	unsigned int ioapics;
} mp;

static void read_mp_ioapic(const struct mp_ioapic *e)
{
	unsigned int pins;

	if (!(e->flags & MP_IOAPIC_ENABLED) || mp.next_gsi >= IOAPIC_GSIS)
		return;
	pins = ioapic_add(e->address, mp.next_gsi);
	if (!pins)
		return;
	mp.ioapic[mp.ioapics].id = e->id;
	mp.ioapic[mp.ioapics++].gsi_base = mp.next_gsi;
	mp.next_gsi += pins;
}

static bool is_pci(const struct mp_interrupt *e)
{
	return mp.is_pci[e->bus / 8] >> e->bus % 8 & 1;
}

/* IOAPICs come before the interrupts that go to them. */
static bool mp_gsi(const struct mp_interrupt *e, uint32_t *gsi)
{
	unsigned int i;

	if (e->kind != MP_VECTORED)
		return false;
	for (i = 0; i < mp.ioapics; i++)
		if (e->ioapic == mp.ioapic[i].id ||
		    e->ioapic == MP_ALL_IOAPICS) {
			*gsi = mp.ioapic[i].gsi_base + e->pin;
			return true;
		}
	return false;
}

void ioapic_read_mp(const struct mp_table *table,
		    void (*wire)(unsigned int irq, uint32_t gsi, uint8_t how,
				 unsigned int flags))
{
	const struct mp_interrupt *line;
	const struct mp_bus *bus;
	const uint8_t *e;
	uint32_t gsi;

	mp = (struct mp_reader){ .table = table };
	for (e = mp_table_next(table, NULL); e; e = mp_table_next(table, e)) {
		bus = (const void *)e;
		line = (const void *)e;
		if (*e == MP_BUS && bus->name[0] == 'P' && bus->name[1] == 'C')
			mp.is_pci[bus->id / 8] |= (uint8_t)(1U << bus->id % 8);
		else if (*e == MP_IOAPIC)
			read_mp_ioapic((const void *)e);
		else if (*e != MP_INTERRUPT || !mp_gsi(line, &gsi))
			continue;
		else if (is_pci(line))
			wire(gsi, gsi, IOAPIC_LEVEL | IOAPIC_LOW, line->flags);
		else if (line->source < IOAPIC_ISA_LINES)
			wire(line->source, gsi, 0, line->flags);
	}
}

int ioapic_mp_line(uint8_t bus, uint8_t device, unsigned int pin)
{
	const struct mp_interrupt *line;
	const uint8_t *e = NULL;
	uint32_t gsi;

	if (!mp.table)
		return -1;
	while ((e = mp_table_next(mp.table, e))) {
		line = (const void *)e;
		if (*e == MP_INTERRUPT && is_pci(line) && line->bus == bus &&
		    line->source == (device << DEVICE_SHIFT | pin) &&
		    mp_gsi(line, &gsi))
			return ioapic_line_of(gsi);
	}
	return -1;
}
