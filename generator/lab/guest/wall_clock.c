/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 24
 * judge: wall
 */
#include <bare/check.h>
#include <plat/clock.h>

#include "stamp.h"

#define YEAR_2000	(946684800UL * NSEC_PER_SEC)

CHECK(wall_clock, "the date is within 2 s of the host's")
{
	const uint64_t now = clock_wall();

	if (now < YEAR_2000)
		return check_skip("this machine has no clock with the date");
	stamp("wall %lu", (unsigned long)now);
	return CHECK_PASS;
}
