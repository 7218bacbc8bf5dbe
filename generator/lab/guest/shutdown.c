/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The guest does nothing about it: it computes, or it sleeps, and interrupts
 * are on.
 *
 * number: 28
 * with: argument=busy beside="await waiting" beside="ends_by xl shutdown $guest"
 * with: argument=idle beside="await waiting" beside="ends_by xl shutdown $guest"
 * with: argument=busy,reboot ends=reboot beside="await waiting" beside="ends_by xl reboot $guest"
 * with: argument=idle,reboot ends=reboot beside="await waiting" beside="ends_by xl reboot $guest"
 * with: argument=idle,halt beside="await waiting" beside="ends_by store control/shutdown halt"
 * on: xl
 * because: only Xen's toolstack asks
 * judge: prompt
 * limit: 60
 */
#include <bare/check.h>
#include <bare/string.h>
#include <plat/clock.h>
#include <plat/timer.h>

#include "patience.h"

CHECK(shutdown, "a guest that computes or sleeps ends when the host asks")
{
	const uint64_t until = clock_monotonic() + PATIENCE;

	print_line("waiting");
	if (strncmp(arg, "busy", strlen("busy"))) {
		while (clock_monotonic() < until)
			timer_block_until(until);
	} else {
		__asm__ __volatile__("sti");
		while (clock_monotonic() < until)
			;
		__asm__ __volatile__("cli");
	}
	return check_fail("the host's wish was not heard");
}
