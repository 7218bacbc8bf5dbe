/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The reader stops before the guest runs and comes back later. What is written
 * meanwhile may be lost, but not the guest's time, and not what comes after.
 *
 * number: 15
 * on: xl
 * because: only Xen's console ring has a reader
 * before: killall -STOP xenconsoled
 * beside: sleep 4
 * beside: killall -CONT xenconsoled
 */
#include <bare/check.h>
#include <plat/clock.h>
#include <plat/console.h>
#include <plat/timer.h>

#define LINE		64
#define LINES		1024
#define LONGEST		(2 * NSEC_PER_SEC)
#define READER_BACK	(6 * NSEC_PER_SEC)

CHECK(console_full, "a console that nobody reads does not stop the guest")
{
	const uint64_t begin = clock_monotonic();
	uint64_t took;
	char line[LINE];
	unsigned int i;

	for (i = 0; i < LINE; i++)
		line[i] = i < LINE - 1 ? '.' : '\n';
	for (i = 0; i < LINES; i++)
		console_write(line, LINE);
	took = clock_monotonic() - begin;
	while (clock_monotonic() < begin + READER_BACK)
		timer_block_until(begin + READER_BACK);
	console_write("\n", 1);	/* ends what was left of a line */
	if (took > LONGEST)
		return check_fail("writing took %lu ms",
				  (unsigned long)took / 1000000);
	return CHECK_PASS;
}
