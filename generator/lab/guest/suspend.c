/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Saving is not supported yet. The guest says so in the store, refuses the
 * word and other words that it does not know, and goes on: it still obeys when
 * it is asked to end.
 *
 * number: 29
 * on: xl
 * because: only Xen's toolstack saves
 * beside: await "waiting"
 * beside: store control/feature-suspend
 * beside: store control/feature-poweroff
 * beside: store control/shutdown suspend
 * beside: await "cannot obey: suspend"
 * beside: store control/shutdown "crash and burn"
 * beside: await "cannot obey: crash and burn"
 * beside: ends_by xl shutdown $guest
 * told: control/feature-suspend=0\ncontrol/feature-poweroff=1\n
 * judge: prompt
 * limit: 60
 */
#include <bare/check.h>
#include <plat/clock.h>
#include <plat/timer.h>

#include "patience.h"

CHECK(suspend, "a guest that cannot be saved refuses and goes on")
{
	const uint64_t until = clock_monotonic() + PATIENCE;

	print_line("waiting");
	while (clock_monotonic() < until)
		timer_block_until(until);
	return check_fail("the host's wish was not heard");
}
