/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The reader stops before the guest runs and comes back later. What is written
 * meanwhile may be lost, but not the guest's time, and not what comes after.
 *
 * number: 15
 * on: xl
 * because: only Xen's console ring has a reader
 * before: killall -STOP xenconsoled
 * beside: sleep 8
 * beside: killall -CONT xenconsoled
 * beside: until tty=$(xenstore-read /local/domain/$id/console/tty); do sleep 0.1; done
 * beside: echo >$tty
 * limit: 60
 */
#include <bare/check.h>
#include <plat/clock.h>
#include <plat/console.h>
#include <plat/timer.h>

#include "patience.h"

#define LINE		64
#define LINES		1024
#define LONGEST		(6 * NSEC_PER_SEC)

CHECK(console_full, "a console that nobody reads does not stop the guest")
{
	const uint64_t begin = clock_monotonic();
	uint64_t took;
	char line[LINE];
	char typed;
	unsigned int i;

	for (i = 0; i < LINE; i++)
		line[i] = i < LINE - 1 ? '.' : '\n';
	for (i = 0; i < LINES; i++)
		console_write(line, LINE);
	took = clock_monotonic() - begin;
	while (!console_read(&typed, 1) && clock_monotonic() < begin + PATIENCE)
		timer_block_until(begin + PATIENCE);
	console_write("\n", 1);	/* ends what was left of a line */
	if (took > LONGEST)
		return check_fail("writing took %lu ms",
				  (unsigned long)took / 1000000);
	return CHECK_PASS;
}
