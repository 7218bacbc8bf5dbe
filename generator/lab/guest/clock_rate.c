/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The host compares its own stamps of the lines with the times in them. A line
 * may come late but never early, so the earliest ones tell the rate.
 *
 * number: 23
 * with: argument=150 on="qemu-*"
 * with: argument=100 on=xen-dom0
 * because: two emulated processors on a busy host leave no line in time
 * judge: rate
 */
#include <bare/check.h>
#include <plat/clock.h>

#include "number.h"
#include "stamp.h"

#define PAUSE_NSEC	16000000UL

CHECK(clock_rate, "the clock runs within 500 ppm of the host's")
{
	uint64_t next = clock_monotonic();
	unsigned int i;

	for (i = 0; i < number(arg); i++) {
		while (clock_monotonic() < next)
			__asm__ __volatile__("pause");
		stamp("stamp %lu", (unsigned long)clock_monotonic());
		next += PAUSE_NSEC;
	}
	return CHECK_PASS;
}
