/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/aml/aml_resources.c. DO NOT EDIT. */
/*
 * Lists of resources. Source: ACPI specification 6.5, 6.4.2.1 (IRQ), 6.4.3.6
 * (extended interrupt).
 */
#include <plat/aml.h>

#define LARGE			0x80	/* two bytes of length follow */
#define SMALL_LENGTH		0x07
#define SMALL_END		0x78

#define INTERRUPT_LENGTH	6	/* flags, count, the first number */
#define INTERRUPT_EDGE		0x02
#define INTERRUPT_LOW		0x04

#define LINES_LENGTH		2	/* a bit for each line; then flags */
#define LINES_EDGE		0x01
#define LINES_LOW		0x08

bool aml_next_resource(struct aml *list, struct aml_resource *item)
{
	struct aml rest = *list;
	size_t length;

	if (!rest.left)
		return false;
	item->tag = *rest.at;
	length = item->tag & SMALL_LENGTH;
	aml_skip(&rest, 1);
	if (item->tag & LARGE) {
		if (rest.left < 2)
			return false;
		length = aml_bytes(&rest, 2);
		aml_skip(&rest, 2);
	} else {
		item->tag &= (uint8_t)~SMALL_LENGTH;
	}
	if (item->tag == SMALL_END || rest.left < length)
		return false;
	item->body = (struct aml){ rest.at, length };
	aml_skip(&rest, length);
	*list = rest;
	return true;
}

/* Without flags a line is one of ISA: it rises. */
static bool read_irq(const struct aml *body, struct aml_interrupt *interrupt)
{
	const unsigned int lines = (unsigned int)aml_bytes(body, LINES_LENGTH);
	const uint8_t flags = body->left > LINES_LENGTH ? body->at[LINES_LENGTH]
						      : LINES_EDGE;

	if (!lines)
		return false;
	interrupt->gsi = (uint32_t)__builtin_ctz(lines);
	interrupt->level = !(flags & LINES_EDGE);
	interrupt->low = flags & LINES_LOW;
	return true;
}

bool aml_interrupt(const struct aml_resource *item,
		   struct aml_interrupt *interrupt)
{
	struct aml body = item->body;
	uint8_t flags;

	if (item->tag == AML_IRQ && body.left >= LINES_LENGTH)
		return read_irq(&body, interrupt);
	if (item->tag != AML_INTERRUPT || body.left < INTERRUPT_LENGTH ||
	    !body.at[1])
		return false;
	flags = body.at[0];
	aml_skip(&body, 2);
	interrupt->level = !(flags & INTERRUPT_EDGE);
	interrupt->low = flags & INTERRUPT_LOW;
	interrupt->gsi = (uint32_t)aml_bytes(&body, 4);
	return true;
}
