/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/time/tsc-clock/tsc_clock.c. DO NOT EDIT. */
#include <stddef.h>

#include <plat/clock.h>
#include <plat/core.h>
#include <plat/tsc_frequency.h>
#include <plat/x86.h>

/* ns = ((ticks << shift) * mul) >> 32, the scale of pvclock */
static uint32_t mul;
static unsigned int shift;
static uint64_t first;

static bool tsc_init(void)
{
	const char *how;
	uint64_t hz, rate;

	hz = tsc_frequency(&how);
	if (!hz)
		return false;
	/* A slow counter is scaled up, so that the fraction keeps its bits. */
	for (rate = hz, shift = 0; rate <= NSEC_PER_SEC; rate <<= 1)
		shift++;
	mul = (uint32_t)((NSEC_PER_SEC << 32) / rate);
	first = rdtsc();
	core_log("clock: TSC runs at %lu kHz, from %s",
		 (unsigned long)(hz / 1000), how);
	return true;
}

static uint64_t tsc_monotonic(void)
{
	const int64_t ticks = (int64_t)(rdtsc() - first);

	/* The TSC of a further CPU may be behind */
	if (ticks < 0)
		return 0;
	return (uint64_t)((((unsigned __int128)ticks << shift) * mul) >> 32);
}

const struct clock_source tsc_clock = {
	.name = "TSC",
	.init = tsc_init,
	.monotonic = tsc_monotonic,
};
