/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Events to self, held back by the mask at random. A port that is masked must
 * stay quiet and one that is opened must bring what came meanwhile: that is the
 * race that loses wake-ups where it is done wrong.
 *
 * number: 27
 * on: xen-dom0 xl
 * because: only Xen has event channels
 */
#include <bare/check.h>

#include "number.h"

#define ROUNDS	10000	/* if the argument says nothing else */
#define PATIENCE	1000000

#if __has_include(<plat/events.h>)
#include <plat/events.h>
#include <plat/shared_info.h>

static volatile unsigned int seen;

static void count(uint32_t port, void *data)
{
	(void)port;
	(void)data;
	seen++;
}

static const char *round_trip(uint32_t port, bool masked)
{
	const unsigned int before = seen;
	unsigned int i;

	if (masked)
		events_mask(port);
	if (events_send(port) < 0)
		return "sending failed";
	if (masked) {
		if (seen != before)
			return "a masked event came";
		events_unmask(port);
	}
	for (i = 0; seen == before && i < PATIENCE; i++)
		__asm__ __volatile__("pause");
	if (seen == before)
		return masked ? "an event was lost behind the mask"
			      : "an event was lost";
	return seen == before + 1 ? NULL : "an event came twice";
}
#endif

CHECK(event, "every event comes once, at once or when it is unmasked")
{
#if __has_include(<plat/events.h>)
	const uint64_t rounds = *arg ? number(arg) : ROUNDS;
	const char *wrong = NULL;
	uint32_t random = 1;
	uint64_t i;
	long port;

	/* The last ports there are, which nobody has bound */
	if (shared_info->evtchn_mask[63] != UINT64_MAX)
		return check_fail("ports are open that nobody has bound");
	port = events_bind_ipi(0, count, NULL);
	if (port < 0)
		return check_fail("no port to be had: %ld", port);
	events_unmask((uint32_t)port);
	__asm__ __volatile__("sti");
	for (i = 0; i < rounds && !wrong; i++) {
		random = random * 1664525 + 1013904223;
		wrong = round_trip((uint32_t)port, random >> 31);
	}
	__asm__ __volatile__("cli");
	events_close((uint32_t)port);
	if (wrong)
		return check_fail("round %lu: %s", (unsigned long)i, wrong);
	print_line("  %lu events by port %ld", (unsigned long)rounds, port);
	return CHECK_PASS;
#else
	return check_skip("only Xen has event channels");
#endif
}
