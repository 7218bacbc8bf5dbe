/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What feeders share: claims that must hold, and the fuzzer's bytes as fields.
 */
#ifndef FUZZ_FEEDER_H
#define FUZZ_FEEDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline void must(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "does not hold: %s\n", what);
	abort();
}

/* The same, where the code says what holds as well as words would */
#define MUST(what)	must(what, #what)

/* What is left of the fuzzer's bytes */
struct input {
	const uint8_t *at;
	size_t left;
};

/** The next `size` bytes, 8 at most, as a number; zeros when none are left. */
static inline uint64_t take(struct input *in, size_t size)
{
	uint64_t value = 0;

	if (size > in->left)
		size = in->left;
	memcpy(&value, in->at, size);
	in->at += size;
	in->left -= size;
	return value;
}

#endif /* FUZZ_FEEDER_H */
