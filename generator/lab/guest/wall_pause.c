/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The host stops the whole machine when it sees the line "pause": a monotonic
 * clock may stand meanwhile, the date must not. The guest waits for longer than a
 * date is kept that was slow to read.
 *
 * number: 24
 * on: qemu-* xl
 * because: who stops Xen with its guests stops Xen's own date, too
 * judge: paused
 * pause: 8
 * beside: await "^pause"
 * beside: xl pause $guest
 * beside: sleep 8
 * beside: xl unpause $guest
 * limit: 40
 */
#include <bare/check.h>
#include <plat/clock.h>
#include <plat/timer.h>

#include "stamp.h"

#define YEAR_2000	(946684800UL * NSEC_PER_SEC)
#define WAIT_NSEC	(3 * NSEC_PER_SEC / 2)

CHECK(wall_pause, "the date is right also after a pause of the machine")
{
	if (clock_wall() < YEAR_2000)
		return check_skip("this machine has no clock with the date");
	stamp("wall %lu", (unsigned long)clock_wall());
	print_line("pause");
	timer_block_until(clock_monotonic() + WAIT_NSEC);
	stamp("wall %lu", (unsigned long)clock_wall());
	return CHECK_PASS;
}
