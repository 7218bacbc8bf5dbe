/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/text/include/plat/text.h. DO NOT EDIT. */
/*
 * Unikraft's string functions may use SSE, whose registers an interrupt does
 * not save. These are compiled into the caller, with the caller's options.
 */
#ifndef PLAT_TEXT_H
#define PLAT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline size_t text_length(const char *text)
{
	size_t len = 0;

	while (text[len])
		len++;
	return len;
}

static inline bool text_equal(const char *a, const char *b)
{
	for (; *a && *a == *b; a++, b++)
		;
	return *a == *b;
}

static inline bool text_begins(const char *text, const char *with)
{
	for (; *with && *text == *with; text++, with++)
		;
	return !*with;
}

/** The number that a text begins with; 0 if there is none. */
static inline uint32_t text_number(const char *text)
{
	uint32_t number = 0;

	for (; *text >= '0' && *text <= '9'; text++)
		number = number * 10 + (uint32_t)(*text - '0');
	return number;
}

#endif /* PLAT_TEXT_H */
