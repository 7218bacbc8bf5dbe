/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 22
 * limit: 60
 */
#include <bare/check.h>
#include <plat/clock.h>

#define READS	1000000

CHECK(clock_monotonic, "a million reads of the clock never go back")
{
	uint64_t first = clock_monotonic(), last = first, now;
	unsigned int i, same = 0;

	for (i = 0; i < READS; i++) {
		now = clock_monotonic();
		if (now < last)
			return check_fail("read %u: %lu after %lu", i,
					  (unsigned long)now,
					  (unsigned long)last);
		same += now == last;
		last = now;
	}
	print_line("  %lu ns for each read, %u of %u equal to the one before",
		   (unsigned long)(last - first) / READS, same, READS);
	/* A clock that stands still does not go back, either. */
	return same > READS / 2 ? check_fail("the clock stands") : CHECK_PASS;
}
