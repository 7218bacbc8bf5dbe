/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The guest must not wake early by its own clock, nor late by the host's. Only
 * the host can make it wake late, so the best of a few tries counts.
 *
 * number: 25
 * with: argument=1
 * with: argument=10
 * with: argument=300
 * judge: sleep
 */
#include <bare/check.h>
#include <plat/clock.h>
#include <plat/timer.h>

#define TRIES	5

static uint64_t number(const char *s)
{
	uint64_t n = 0;

	while (*s >= '0' && *s <= '9')
		n = n * 10 + (uint64_t)(*s++ - '0');
	return n;
}

CHECK(sleep, "sleeps end in time: within 1 ms and 1 %")
{
	const uint64_t want = number(arg) * 1000000UL;
	uint64_t begin, took, best = UINT64_MAX;
	unsigned int i;

	for (i = 0; i < TRIES; i++) {
		print_line("sleep %u begins", i);
		begin = clock_monotonic();
		timer_block_until(begin + want);
		took = clock_monotonic() - begin;
		print_line("sleep %u took %lu ns", i, (unsigned long)took);
		if (took < want)
			return check_fail("woke %lu ns early",
					  (unsigned long)(want - took));
		if (took < best)
			best = took;
	}
	if (best > want + 1000000UL + want / 100)
		return check_fail("woke %lu ns late",
				  (unsigned long)(best - want));
	return CHECK_PASS;
}
