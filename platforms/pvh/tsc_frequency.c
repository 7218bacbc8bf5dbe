/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/time/tsc-clock/tsc_frequency.c. DO NOT EDIT. */
/*
 * How fast the TSC runs. A measurement compares the moments at which the
 * reference counter changes, at both ends of an interval: the error is then the
 * time between two reads, not a counter's tick. The best of a few such moments
 * is used, since a host may stop the guest in the middle of one.
 */
#include <stddef.h>

#include <plat/core.h>
#include <plat/tsc_frequency.h>
#include <plat/x86.h>

#define EDGES		5
#define EDGE_READS	20000		/* a counter that never changes */
#define WAIT_READS	20000000	/* one that stops on the way */
#define FIRST_DIVISOR	9000		/* of a second: 0.11 ms */
#define LAST_DIVISOR	50		/* 20 ms */
#define MAX_ERROR_INV	5000		/* 1 / 200 ppm */

/* No TSC runs slower or faster: the source does not know its own rate */
#define SLOWEST_HZ	100000000UL
#define FASTEST_HZ	20000000000UL

/* A change of the counter, seen between two TSC values */
struct edge {
	uint64_t before;
	uint64_t after;
	uint32_t count;
};

uint64_t tsc_frequency(const char **source)
{
	uint64_t hz;
	unsigned int i;

	for (i = 0; machine_tsc_frequencies[i]; i++) {
		hz = machine_tsc_frequencies[i]->hz();
		*source = machine_tsc_frequencies[i]->name;
		if (hz >= SLOWEST_HZ && hz <= FASTEST_HZ)
			return hz;
		if (hz)
			core_error("clock: %s reports a TSC of %lu kHz",
				   *source, (unsigned long)(hz / 1000));
	}
	return 0;
}

static bool next_edge(const struct tsc_reference *ref, struct edge *e)
{
	const uint32_t first = ref->read();
	unsigned int i;
	uint64_t now;

	e->before = rdtsc();
	for (i = 0; i < EDGE_READS; i++) {
		e->count = ref->read();
		now = rdtsc();
		if (e->count != first) {
			e->after = now;
			return true;
		}
		e->before = now;
	}
	return false;
}

static bool best_edge(const struct tsc_reference *ref, struct edge *best)
{
	struct edge e;
	unsigned int i;

	for (i = 0; i < EDGES; i++) {
		if (!next_edge(ref, &e))
			return false;
		if (i == 0 || e.after - e.before < best->after - best->before)
			*best = e;
	}
	return true;
}

static uint32_t elapsed(const struct tsc_reference *ref, uint32_t from,
			uint32_t to)
{
	return (ref->down ? from - to : to - from) & ref->mask;
}

static bool wait_ticks(const struct tsc_reference *ref, uint32_t from,
		       uint64_t ticks)
{
	unsigned int i;

	for (i = 0; i < WAIT_READS; i++)
		if (elapsed(ref, from, ref->read()) >= ticks)
			return true;
	return false;
}

uint64_t tsc_measure(const struct tsc_reference *ref)
{
	struct edge first, last;
	uint64_t ticks, error;
	unsigned int divisor;
	uint32_t count;

	if (!best_edge(ref, &first))
		return 0;
	for (divisor = FIRST_DIVISOR;; divisor /= 2) {
		if (!wait_ticks(ref, first.count, ref->hz / divisor) ||
		    !best_edge(ref, &last))
			return 0;
		ticks = (last.before + last.after - first.before -
			 first.after) / 2;
		error = (last.after - last.before + first.after -
			 first.before) / 2;
		if (error * MAX_ERROR_INV <= ticks ||
		    divisor / 2 < LAST_DIVISOR ||
		    2 * (ref->hz / (divisor / 2)) > ref->mask)
			break;
	}
	count = elapsed(ref, first.count, last.count);
	return mul_div(ticks, ref->hz, count);
}
