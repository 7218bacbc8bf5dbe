/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The guest must not wake early by its own clock, nor late by the host's. Only
 * the host can make it wake late, so the best of a few tries counts. Each try
 * begins with the same two lines without a sleep between them, which tells the
 * host what the lines themselves cost. tests/boot/test_clock.py counts
 * instructions instead of time, which is exact.
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

#include "number.h"
#include "stamp.h"

#define ENOUGH_NSEC	800000000UL
#define MOST_TRIES	20

CHECK(sleep, "sleeps end in time: within 1 ms and 1 %")
{
	const uint64_t want = number(arg) * 1000000UL;
	uint64_t begin, took, best = UINT64_MAX;
	unsigned int i;

	for (i = 0; i < MOST_TRIES && i * want < ENOUGH_NSEC; i++) {
		stamp("rest %u begins", i);
		stamp("rest %u ends", i);
		stamp("sleep %u begins", i);
		begin = clock_monotonic();
		timer_block_until(begin + want);
		took = clock_monotonic() - begin;
		stamp("sleep %u ends", i);
		if (took < want)
			return check_fail("woke %lu ns early",
					  (unsigned long)(want - took));
		if (took < best)
			best = took;
	}
	print_line("  the best sleep took %lu ns", (unsigned long)best);
	return CHECK_PASS;
}
