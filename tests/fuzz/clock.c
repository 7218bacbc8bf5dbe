/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The clock, built for the host and fed by libFuzzer: each 32 bytes are what a
 * host writes into its record before a read. Whatever they say, each read ends, time
 * never goes back, no scale is undefined, and where the record makes no sense
 * the next clock goes on with a line. The TSC is the test's: a read costs ticks,
 * so that a wait is measured by time and not by turns.
 */
#include <stdarg.h>

#include "feeder.h"

/* As one unit, so that each run can begin with fresh data */
#include <time/clock/clock.c>
#include <time/pvclock/pvclock.c>

#define LONGEST_TICKS	(1UL << 30)
#define LAST_TIME	(INT64_MAX - 2 * MARK_NSEC)

static struct pvclock_time record;
static uint64_t ticks, cost, errors;
static bool odd, away;

uint64_t rdtsc(void)
{
	/* The host has run something else, and has then changed the record. */
	if (away && (record.version & 1)) {
		ticks += 2 * PATIENCE_TICKS;
		record.version++;
	} else if (away) {
		record.version++;
	}
	return ticks += cost;
}

void core_error(const char *fmt, ...)
{
	must(fmt[0], "a message says something");
	errors++;
}

void core_crash(const char *fmt, ...)
{
	(void)fmt;
	must(false, "there is another clock");
	abort();
}

static bool there(void)
{
	return true;
}

static uint64_t record_monotonic(void)
{
	const uint64_t begin = ticks, now = pvclock_now(&record);

	must(ticks - begin < LONGEST_TICKS, "a read of the record ends");
	if (record.version & 1)
		must(now == PVCLOCK_LOST, "a record in change is not believed");
	odd = now == PVCLOCK_LOST;
	return now;
}

static uint64_t record_alone(void)
{
	const uint64_t start = clock_start, now = record_monotonic();

	return now == CLOCK_LOST ? clock_lost() : clock_alone(start, now);
}

static uint64_t tick_monotonic(void)
{
	return rdtsc();
}

static struct clock_source by_record = {
	.name = "record", .init = there, .monotonic = record_monotonic,
};
static const struct clock_source by_ticks = {
	.name = "ticks", .init = there, .monotonic = tick_monotonic,
};
const struct clock_source *const machine_clocks[] = {
	&by_record, &by_ticks, NULL,
};
const struct wall_clock *const machine_wall_clocks[] = { NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct pvclock_time sound = {
		.tsc_to_system_mul = 1U << 31, .tsc_shift = 1,
	};
	uint64_t now, before = 0;

	if (!size)
		return 0;
	ticks = 1UL << 40;
	cost = 1UL << (10 + data[0] % 12);
	memset(clocks, 0, sizeof(clocks));
	current = NULL;
	changing = false;
	clock_start = clock_last = errors = 0;
	clock_reader = read_nothing;
	many_cpus = data[0] & 0x80;
	by_record.alone = data[0] & 0x40 ? record_alone : NULL;
	record = sound;
	record.tsc_timestamp = ticks;
	odd = false;
	clock_init();
	must(clock_name()[0] == 'r', "the first clock is taken");
	away = true;
	clock_monotonic();
	away = false;
	must(clock_name()[0] == 'r', "a reader that was away reads again");
	for (data++, size--; size >= sizeof(record); size -= sizeof(record)) {
		memcpy(&record, data, sizeof(record));
		data += sizeof(record);
		now = clock_monotonic();
		must(now >= before, "time never goes back");
		must((int64_t)now >= 0, "a time before the start is none");
		before = now;
		if (odd)
			break;
	}
	if (odd) {
		must(clock_name()[0] == 't' && errors == 1,
		     "the next clock goes on, with a line");
		/* The record may have led time to its very end. */
		must(clock_monotonic() > before || before > LAST_TIME,
		     "and it runs");
	}
	return 0;
}
