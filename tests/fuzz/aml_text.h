/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ACPI's byte code as a compiler writes it: numbers and lengths in each form that
 * they may have.
 */
#ifndef FUZZ_AML_TEXT_H
#define FUZZ_AML_TEXT_H

#include "feeder.h"

#include <plat/aml.h>

#define CODE		8192

/* A piece of byte code as it grows */
struct text {
	uint8_t bytes[CODE];
	size_t size;
};

static void put(struct text *t, const void *data, size_t size)
{
	if (size > CODE - t->size)
		abort();
	memcpy(t->bytes + t->size, data, size);
	t->size += size;
}

static void put_bytes(struct text *t, uint64_t value, unsigned int size)
{
	put(t, &value, size);
}

/* The shortest form, or a longer one */
static void put_integer(struct text *t, uint64_t value, unsigned int longer)
{
	if (value < 2 && !longer)
		put_bytes(t, value, 1);
	else if (value < 0x100 && longer < 2)
		put_bytes(t, AML_BYTE | value << 8, 2);
	else if (value < 0x10000 && longer < 3)
		put_bytes(t, AML_WORD | value << 8, 3);
	else if (longer < 4)
		put_bytes(t, AML_DWORD | value << 8, 5);
	else {
		put_bytes(t, AML_QWORD, 1);
		put_bytes(t, value, 8);
	}
}

/* An operator with a length, in the shortest form that fits, or a longer one */
static void put_sized(struct text *t, const char *operator, size_t letters,
		      const struct text *in, unsigned int longer)
{
	unsigned int further = in->size + 1 > 63;
	size_t length;

	while (further < 3 && (longer-- % 4 > further ||
	       in->size + 1 + further >= 1UL << (4 + 8 * further)))
		further++;
	length = in->size + 1 + further;
	put(t, operator, letters);
	if (further) {
		put_bytes(t, further << 6 | (length & 15), 1);
		put_bytes(t, length >> 4, further);
	} else {
		put_bytes(t, length, 1);
	}
	put(t, in->bytes, in->size);
}

static void put_value(struct text *t, const char *name)
{
	put_bytes(t, AML_NAME, 1);
	put(t, name, AML_SEGMENT);
}

#endif /* FUZZ_AML_TEXT_H */
