/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/time/timer/timer_rate.c. DO NOT EDIT. */
/*
 * A reported rate may be another machine's, which the clock shows. Each look at
 * the timer's count stands between two at the clock, so that the rate lies
 * between two bounds, whatever a look costs and wherever the host stops the
 * guest. Bounds that are too far apart for a verdict ask for more time.
 */
#include <stdbool.h>

#include <plat/clock.h>
#include <plat/core.h>
#include <plat/lapic.h>
#include <plat/lapic_rate.h>
#include <plat/timer_rate.h>
#include <plat/x86.h>

#define FIRST_NSEC	50000UL
#define MEASUREMENTS	5
#define TOLERANCE_INV	8

struct rate_bounds {
	uint64_t least, most;
};

/* False if the timer has run out meanwhile, or has not begun. */
static bool measure(uint64_t nsec, struct rate_bounds *rate)
{
	uint64_t before, begin, end, after;
	uint32_t first, last;

	lapic_timer_start(UINT32_MAX);
	before = clock_monotonic();
	first = lapic_timer_count();
	begin = clock_monotonic();
	do
		end = clock_monotonic();
	while (end - begin < nsec);
	last = lapic_timer_count();
	after = clock_monotonic();
	rate->least = mul_div(first - last, NSEC_PER_SEC, after - before);
	rate->most = mul_div(first - last, NSEC_PER_SEC, end - begin);
	return last && rate->least;
}

uint64_t timer_rate(void)
{
	const char *source;
	const uint64_t told = lapic_timer_hz(&source);
	const uint64_t off = told / TOLERANCE_INV;
	struct rate_bounds rate;
	uint64_t nsec = FIRST_NSEC;
	unsigned int i;

	for (i = 0; i < MEASUREMENTS; i++, nsec *= 4) {
		if (!measure(nsec, &rate))
			continue;
		if (rate.least <= told + off && rate.most >= told - off) {
			if (rate.most / 2 <= rate.least)
				break;
			continue;
		}
		if (rate.most - rate.least > rate.most / TOLERANCE_INV)
			continue;
		core_error("timer: the LAPIC timer runs at %lu kHz by the clock (%s), not at %lu kHz as %s reports",
			   (unsigned long)rate.most / 1000, clock_name(),
			   (unsigned long)told / 1000, source);
		return rate.most;
	}
	return told;
}
