/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/time/timer/timer_rate.c. DO NOT EDIT. */
/*
 * A reported rate may be another machine's. One measurement by the clock shows
 * it. A host may stop the guest in the middle of a measurement, so that only
 * two which agree prove the report wrong.
 */
#include <stdbool.h>

#include <plat/clock.h>
#include <plat/core.h>
#include <plat/lapic.h>
#include <plat/lapic_rate.h>
#include <plat/timer_rate.h>
#include <plat/x86.h>

#define FIRST_NSEC	50000UL
#define FURTHER_NSEC	1000000UL
#define LOOKS		5
#define TOLERANCE_INV	8

static uint64_t measure(uint64_t nsec)
{
	uint64_t begin, now;
	uint32_t count;

	lapic_timer_start(UINT32_MAX);
	begin = clock_monotonic();
	count = lapic_timer_count();
	do
		now = clock_monotonic();
	while (now - begin < nsec);
	count -= lapic_timer_count();
	return mul_div(count, NSEC_PER_SEC, now - begin);
}

static bool near(uint64_t a, uint64_t b)
{
	return (a > b ? a - b : b - a) <= b / TOLERANCE_INV;
}

uint64_t timer_rate(void)
{
	const char *source;
	const uint64_t told = lapic_timer_hz(&source);
	uint64_t seen, before = 0;
	unsigned int i;

	for (i = 0; i < LOOKS; i++, before = seen) {
		seen = measure(i ? FURTHER_NSEC : FIRST_NSEC);
		if (near(seen, told))
			break;
		if (!seen || !near(seen, before))
			continue;
		core_error("timer: the LAPIC timer runs at %lu kHz by the clock (%s), not at %lu kHz as %s reports",
			   (unsigned long)seen / 1000, clock_name(),
			   (unsigned long)told / 1000, source);
		return seen;
	}
	return told;
}
