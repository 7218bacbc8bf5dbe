/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 22
 * with: argument=1000000 on="qemu-* xl" heavy=1
 * with: argument=20000 on=xen-dom0
 * because: Xen intercepts its dom0's RDTSC, which costs 70 us under emulation
 * limit: 60
 */
#include <bare/check.h>
#include <plat/clock.h>

#include "number.h"

CHECK(clock_monotonic, "many reads of the clock never go back")
{
	const uint64_t reads = number(arg);
	uint64_t first = clock_monotonic(), last = first, now;
	unsigned int i, same = 0;

	for (i = 0; i < reads; i++) {
		now = clock_monotonic();
		if (now < last)
			return check_fail("read %u: %lu after %lu", i,
					  (unsigned long)now,
					  (unsigned long)last);
		same += now == last;
		last = now;
	}
	print_line("  %lu ns for each read, %u of %s equal to the one before",
		   (unsigned long)((last - first) / reads), same, arg);
	/* A clock that stands still does not go back, either. */
	return same > reads / 2 ? check_fail("the clock stands") : CHECK_PASS;
}
