/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/mp-table/mp_table.c. DO NOT EDIT. */
/*
 * A pointer to the table lies in the BIOS's data, mostly the last KiB below
 * 640 KiB, or in its ROM. Page 0 tells where else that data may begin, but it
 * is not mapped.
 */
#include <stdbool.h>
#include <stddef.h>

#include <plat/acpi.h>
#include <plat/core.h>
#include <plat/mp_table.h>

#define BASE_MEMORY_START	0x9fc00
#define BASE_MEMORY_END		0xa0000
#define ROM_START		0xf0000
#define ROM_END			0x100000
#define POINTER_SIZE		16	/* and its alignment */

#define SIGNATURE(a, b, c, d) \
	((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | \
	 (uint32_t)(d) << 24)

struct mp_pointer {
	uint32_t signature;
	uint32_t table;
	uint8_t length;		/* in units of 16 bytes */
	uint8_t revision;
	uint8_t checksum;
	uint8_t features[5];	/* the first: 0 where there is a table */
} __attribute__((packed));

_Static_assert(sizeof(struct mp_pointer) == POINTER_SIZE, "MP pointer");

static bool mp_sum_is_zero(const void *data, size_t size)
{
	const uint8_t *p = data;
	uint8_t sum = 0;

	while (size--)
		sum = (uint8_t)(sum + *p++);
	return !sum;
}

static const struct mp_table *mp_table_at(uint64_t paddr)
{
	const struct mp_table *t;
	uint32_t signature;

	if (!acpi_in_reach(paddr, sizeof(*t)))
		return NULL;
	t = core_phys(paddr);
	__builtin_memcpy(&signature, t->signature, sizeof(signature));
	if (signature != SIGNATURE('P', 'C', 'M', 'P') ||
	    t->length < sizeof(*t) || !acpi_in_reach(paddr, t->length))
		return NULL;
	return mp_sum_is_zero(t, t->length) ? t : NULL;
}

static const struct mp_table *mp_search(uint64_t at, uint64_t end)
{
	const struct mp_table *t = NULL;
	const struct mp_pointer *p;

	for (; !t && at < end; at += POINTER_SIZE) {
		p = core_phys(at);
		if (p->signature == SIGNATURE('_', 'M', 'P', '_') &&
		    p->length == 1 && mp_sum_is_zero(p, sizeof(*p)) &&
		    !p->features[0])
			t = mp_table_at(p->table);
	}
	return t;
}

const struct mp_table *mp_table_find(void)
{
	const struct mp_table *t;

	t = mp_search(BASE_MEMORY_START, BASE_MEMORY_END);
	return t ? t : mp_search(ROM_START, ROM_END);
}

static size_t mp_entry_size(uint8_t type)
{
	return type == MP_CPU ? 20 : 8;
}

const uint8_t *mp_table_next(const struct mp_table *table,
			     const uint8_t *entry)
{
	const uint8_t *const end = (const uint8_t *)table + table->length;
	const uint8_t *const at = entry ? entry + mp_entry_size(*entry)
					: (const uint8_t *)(table + 1);

	if (at == end)
		return NULL;
	if (*at > MP_LOCAL_INTERRUPT ||
	    (size_t)(end - at) < mp_entry_size(*at)) {
		core_error("MP table: the entry %zu bytes before the end is broken",
			   (size_t)(end - at));
		return NULL;
	}
	return at;
}
