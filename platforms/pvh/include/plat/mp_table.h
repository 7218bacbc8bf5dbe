/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/mp-table/include/plat/mp_table.h. DO NOT EDIT. */
/*
 * Source: Intel MultiProcessor specification 1.4, 4 (MP configuration table).
 */
#ifndef PLAT_MP_TABLE_H
#define PLAT_MP_TABLE_H

#include <stdint.h>

struct mp_table {
	char signature[4];
	uint16_t length;	/* of header and entries */
	uint8_t revision;
	uint8_t checksum;
	char oem[8];
	char product[12];
	uint32_t oem_table;
	uint16_t oem_table_size;
	uint16_t entries;
	uint32_t lapic_address;
	uint16_t extended_length;
	uint8_t extended_checksum;
	uint8_t reserved;
} __attribute__((packed));

/* The first byte of an entry; a CPU's has 20 bytes, all others have 8. */
#define MP_CPU			0
#define MP_BUS			1
#define MP_IOAPIC		2
#define MP_INTERRUPT		3
#define MP_LOCAL_INTERRUPT	4

struct mp_bus {
	uint8_t type;
	uint8_t id;
	char name[6];
} __attribute__((packed));

#define MP_IOAPIC_ENABLED	1U

struct mp_ioapic {
	uint8_t type;
	uint8_t id;
	uint8_t version;
	uint8_t flags;
	uint32_t address;
} __attribute__((packed));

#define MP_VECTORED		0	/* the kind of a device's interrupt */
#define MP_ALL_IOAPICS		0xff

struct mp_interrupt {
	uint8_t type;
	uint8_t kind;
	uint16_t flags;
	uint8_t bus;
	uint8_t source;
	uint8_t ioapic;
	uint8_t pin;
} __attribute__((packed));

_Static_assert(sizeof(struct mp_table) == 44, "MP table");
_Static_assert(sizeof(struct mp_bus) == 8, "MP bus");
_Static_assert(sizeof(struct mp_ioapic) == 8, "MP IOAPIC");
_Static_assert(sizeof(struct mp_interrupt) == 8, "MP interrupt");

/** Finds a table with a right checksum, or NULL. */
const struct mp_table *mp_table_find(void);

/**
 * The entry behind `entry`, or the first one if that is NULL. All of it lies
 * within the table.
 * @return NULL at the end, and at a broken entry, which is logged
 */
const uint8_t *mp_table_next(const struct mp_table *table,
			     const uint8_t *entry);

#endif /* PLAT_MP_TABLE_H */
