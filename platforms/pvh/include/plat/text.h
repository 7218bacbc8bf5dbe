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

#endif /* PLAT_TEXT_H */
