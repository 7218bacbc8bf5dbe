/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The verdict on a reported rate, built for the host with a timer and a clock
 * of its own: whatever an access costs, and wherever the guest is stopped, a
 * true report stands, and a false one falls if anything can tell.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <plat/x86.h>

static uint64_t mul_div(uint64_t a, uint64_t b, uint64_t c)
{
	return (uint64_t)((unsigned __int128)a * b / c);
}

#include <time/timer/timer_rate.c>

/* ns */
static uint64_t now, started;
static uint64_t told, hz;
static uint32_t begin_count;

/* What each access of the timer costs, before and after it takes effect */
static struct {
	uint64_t in, out;
} first, further;

/* A stop of the guest: before which access of clock or timer, and how long */
static unsigned int access_number, stop_at;
static uint64_t stop_nsec;

static void may_stop(void)
{
	if (++access_number == stop_at)
		now += stop_nsec;
}

static uint64_t read_clock(void)
{
	may_stop();
	return now += 30;
}

uint64_t (*clock_reader)(void) = read_clock;

const char *clock_name(void)
{
	return "the test's";
}

uint64_t lapic_timer_hz(const char **source)
{
	*source = "the test";
	return told;
}

static bool is_first;

void lapic_timer_start(uint32_t count)
{
	begin_count = count;
	started = now;
	is_first = true;
}

uint32_t lapic_timer_count(void)
{
	const uint64_t in = is_first ? first.in : further.in;
	const uint64_t out = is_first ? first.out : further.out;
	uint64_t gone;

	may_stop();
	is_first = false;
	now += in;
	gone = mul_div(now - started, hz, NSEC_PER_SEC);
	now += out;
	return gone < begin_count ? begin_count - (uint32_t)gone : 0;
}

static unsigned int lines;

void core_error(const char *fmt, ...)
{
	lines += fmt[0] != 0;
}

static void must(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "does not hold: %s: told %lu, is %lu; costs %lu %lu %lu %lu; stop at %u for %lu\n",
		what, told, hz, first.in, first.out, further.in, further.out,
		stop_at, stop_nsec);
	exit(1);
}

static uint64_t verdict(uint64_t is, uint64_t report)
{
	hz = is;
	told = report;
	lines = access_number = 0;
	return timer_rate();
}

static bool about(uint64_t a, uint64_t b)
{
	return (a > b ? a - b : b - a) <= b / 7;
}

static void judge(void)
{
	static const uint64_t rates[] = { 25000000, 200000000, 1000000000 };
	unsigned int i, j;
	uint64_t said;

	for (i = 0; i < 3; i++)
		for (j = 0; j < 3; j++) {
			said = verdict(rates[i], rates[j]);
			if (i == j)
				must(said == told && !lines, "a true report");
			else if (!stop_at)
				must(about(said, hz) && lines == 1,
				     "a false report");
			else
				must(said == told || about(said, hz),
				     "a verdict after a stop");
		}
}

int main(void)
{
	static const uint64_t costs[] = { 0, 2000, 20000, 150000, 400000 };
	static const uint64_t stops[] = { 40000, 700000, 9000000, 6000000000 };
	unsigned int i, j;

	for (i = 0; i < 5 * 5 * 5 * 5; i++) {
		first.in = costs[i % 5];
		first.out = costs[i / 5 % 5];
		further.in = costs[i / 25 % 5];
		further.out = costs[i / 125];
		judge();
	}
	first.in = first.out = further.in = further.out = 1000;
	for (i = 0; i < 4; i++)
		for (j = 1; j < 12000; j += j < 50 ? 1 : 97) {
			stop_nsec = stops[i];
			stop_at = j;
			judge();
		}
	stop_at = 0;
	must(verdict(0, 1000000000) == told && !lines, "a timer that stands");
	return 0;
}
