/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The guest sleeps until text comes, which an event has to tell it. There is
 * more text than the ring holds: whoever types must be told of room, too.
 *
 * number: 15
 * on: xl
 * because: only Xen's console ring brings input so far
 * typed: 5000
 * limit: 60
 * beside: await "echo begins"
 * beside: type_it
 * judge: echo
 */
#include <bare/check.h>
#include <plat/clock.h>
#include <plat/console.h>
#include <plat/timer.h>

#include "patience.h"

#define LETTERS	5000

CHECK(console_in, "what is typed at the console arrives")
{
	static char text[LETTERS];
	const uint64_t until = clock_monotonic() + PATIENCE;
	unsigned int sleeps = 0;
	size_t got = 0;

	print_line("echo begins");
	while (got < LETTERS && clock_monotonic() < until) {
		got += console_read(text + got, LETTERS - got);
		if (got == LETTERS)
			break;
		timer_block_until(until);
		sleeps++;
	}
	console_write(text, got);
	print_line("echo ends");
	if (got < LETTERS)
		return check_fail("%lu of %d letters came", (unsigned long)got,
				  LETTERS);
	print_line("  %u sleeps", sleeps);
	return CHECK_PASS;
}
