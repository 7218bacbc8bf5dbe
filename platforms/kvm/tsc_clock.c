/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/time/tsc-clock/tsc_clock.c. DO NOT EDIT. */
#include <stddef.h>

#include <plat/clock.h>
#include <plat/clock_alone.h>
#include <plat/core.h>
#include <plat/tsc_frequency.h>
#include <plat/x86.h>

/* ns = (ticks * scale) >> 32; a slow counter has a large scale */
static uint64_t scale;

static bool tsc_init(void)
{
	const char *how;
	uint64_t hz;

	hz = tsc_frequency(&how);
	if (!hz)
		return false;
	scale = (NSEC_PER_SEC << 32) / hz;
	core_log("clock: TSC runs at %lu kHz, from %s",
		 (unsigned long)(hz / 1000), how);
	return true;
}

/* Wraps as any TSC's product may: the clock looks at differences only. */
static inline __attribute__((always_inline)) uint64_t now(void)
{
	return (uint64_t)(((unsigned __int128)rdtsc() * scale) >> 32);
}

static uint64_t tsc_monotonic(void)
{
	return now();
}

static uint64_t tsc_alone(void)
{
	return clock_alone(clock_start, now());
}

const struct clock_source tsc_clock = {
	.name = "TSC",
	.init = tsc_init,
	.monotonic = tsc_monotonic,
	.alone = tsc_alone,
};
