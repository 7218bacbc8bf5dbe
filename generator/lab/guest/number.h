/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef GUEST_NUMBER_H
#define GUEST_NUMBER_H

#include <stdint.h>

/** The decimal number at the start of `s`, 0 if there is none. */
static inline uint64_t number(const char *s)
{
	uint64_t n = 0;

	while (*s >= '0' && *s <= '9')
		n = n * 10 + (uint64_t)(*s++ - '0');
	return n;
}

#endif /* GUEST_NUMBER_H */
