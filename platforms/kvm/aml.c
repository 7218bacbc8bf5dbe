/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/aml/aml.c. DO NOT EDIT. */
/*
 * The elements of byte code. Source: ACPI specification 6.5, 20.2.2 (names),
 * 20.2.3 (data), 20.2.4 (lengths).
 */
#include <plat/aml.h>

#define ONES		0xff

#define ROOT		'\\'
#define PARENT		'^'
#define TWO_SEGMENTS	0x2e
#define SEGMENTS	0x2f	/* as many as the next byte says */

bool aml_skip(struct aml *a, size_t count)
{
	if (a->left < count)
		return false;
	a->at += count;
	a->left -= count;
	return true;
}

bool aml_is(const struct aml *a, const void *bytes, size_t count)
{
	const uint8_t *const wanted = bytes;
	size_t i;

	if (a->left < count)
		return false;
	for (i = 0; i < count; i++)
		if (a->at[i] != wanted[i])
			return false;
	return true;
}

uint64_t aml_bytes(const struct aml *a, unsigned int count)
{
	uint64_t value = 0;

	while (count--)
		value = value << 8 | a->at[count];
	return value;
}

bool aml_integer(struct aml *a, uint64_t *value)
{
	struct aml rest = *a;
	unsigned int size;

	if (!rest.left)
		return false;
	switch (*rest.at) {
	case AML_ZERO:
	case AML_ONE:
		*value = *rest.at;
		return aml_skip(a, 1);
	case ONES:
		*value = UINT64_MAX;
		return aml_skip(a, 1);
	case AML_BYTE:
		size = 1;
		break;
	case AML_WORD:
		size = 2;
		break;
	case AML_DWORD:
		size = 4;
		break;
	case AML_QWORD:
		size = 8;
		break;
	default:
		return false;
	}
	aml_skip(&rest, 1);
	if (rest.left < size)
		return false;
	*value = aml_bytes(&rest, size);
	return aml_skip(a, 1 + size);
}

static bool is_segment(const uint8_t *p)
{
	unsigned int i;

	for (i = 0; i < AML_SEGMENT; i++)
		if (!((p[i] >= 'A' && p[i] <= 'Z') || p[i] == '_' ||
		      (i && p[i] >= '0' && p[i] <= '9')))
			return false;
	return true;
}

const uint8_t *aml_name(struct aml *a)
{
	struct aml rest = *a;
	size_t segments = 1, i;

	while (rest.left && (*rest.at == ROOT || *rest.at == PARENT))
		aml_skip(&rest, 1);
	if (rest.left && *rest.at == TWO_SEGMENTS) {
		segments = 2;
		aml_skip(&rest, 1);
	} else if (rest.left > 1 && *rest.at == SEGMENTS) {
		segments = rest.at[1];
		aml_skip(&rest, 2);
	}
	if (!segments || rest.left < segments * AML_SEGMENT)
		return NULL;
	for (i = 0; i < segments; i++)
		if (!is_segment(rest.at + i * AML_SEGMENT))
			return NULL;
	aml_skip(&rest, segments * AML_SEGMENT);
	*a = rest;
	return rest.at - AML_SEGMENT;
}

struct aml aml_length(struct aml *a)
{
	const struct aml nothing = { a->at, 0 };
	struct aml rest = *a;
	size_t length, further;

	if (!rest.left)
		return nothing;
	/*
	 * The two top bits count further bytes; then four bits are the lowest.
	 */
	further = *rest.at >> 6;
	if (rest.left < 1 + further)
		return nothing;
	length = further ? *rest.at & 15U : *rest.at & 63U;
	aml_skip(&rest, 1);
	length |= aml_bytes(&rest, (unsigned int)further) << 4;
	if (length > a->left || length < 1 + further)
		return nothing;
	aml_skip(&rest, further);
	rest.left = length - 1 - further;
	aml_skip(a, length);
	return rest;
}

struct aml aml_package(struct aml *a)
{
	const struct aml nothing = { a->at, 0 };
	const uint8_t operator = a->left ? *a->at : 0;
	struct aml elements;
	uint64_t count;

	if (operator != AML_PACKAGE && operator != AML_VAR_PACKAGE)
		return nothing;
	aml_skip(a, 1);
	elements = aml_length(a);
	if (operator == AML_PACKAGE ? !aml_skip(&elements, 1)
				    : !aml_integer(&elements, &count))
		return nothing;
	return elements;
}

/* The length of what surrounds the size is no limit: the code's end is. */
struct aml aml_buffer(struct aml a)
{
	const struct aml nothing = { a.at, 0 };
	uint64_t size;

	if (!a.left || *a.at != AML_BUFFER || !aml_skip(&a, 1) || !a.left ||
	    !aml_skip(&a, 1U + (*a.at >> 6)) || !aml_integer(&a, &size))
		return nothing;
	if (a.left > size)
		a.left = size;
	return a;
}
