/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/time/clock/include/plat/clock_alone.h. DO NOT EDIT. */
/*
 * Between the clock and its sources, which build this into a reader of their
 * own: a scheduler reads the clock several times for each request of a device,
 * and as long as one CPU runs there is nobody to agree with.
 */
#ifndef PLAT_CLOCK_ALONE_H
#define PLAT_CLOCK_ALONE_H

#include <stdint.h>

/* What a source shows at time 0, and the latest time read, both below 2^63 */
extern uint64_t clock_start, clock_last;

/**
 * The time, for what the source in use shows now. `start` is clock_start as it
 * was before the source was read: an interrupt may change the clock meanwhile.
 */
static inline uint64_t clock_alone(uint64_t start, uint64_t now)
{
	now -= start;
	/* Signed: a host may have moved its record to before the start. */
	if ((int64_t)now > (int64_t)clock_last)
		clock_last = now;
	return clock_last;
}

/** The time, as the source in use cannot be read any more. */
uint64_t clock_lost(void);

#endif /* PLAT_CLOCK_ALONE_H */
