/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 28
 * on: xl
 * because: a guest is destroyed by another domain
 * ends: destroyed
 * limit: 60
 * beside: await "busy from now on"
 * beside: xl destroy $guest
 * beside: xl list $guest
 * told: is an invalid domain identifier
 */
#include <bare/check.h>
#include <plat/clock.h>

#include "patience.h"

CHECK(destroy, "a busy guest that is destroyed leaves nothing behind")
{
	const uint64_t until = clock_monotonic() + PATIENCE;

	print_line("busy from now on");
	__asm__ __volatile__("sti");
	while (clock_monotonic() < until)
		;
	__asm__ __volatile__("cli");
	return check_fail("nobody destroyed it");
}
