/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The host takes a copy of the guest, fails to save it, then saves and restores
 * it. Meanwhile the guest computes or sleeps, and so do its further CPUs. Each
 * tick is a line, none of which may be missing. The argument says what the guest
 * does: one that writes changes all its free memory in each tick, and looks at
 * it in the next; one that is idle waits for nothing but the host's word. Of the
 * further CPUs every other one computes and the rest sleeps; if the guest is
 * busy, all compute, and if it is idle, none. tests/boot/test_rounds.py has the
 * long runs.
 *
 * number: 29
 * with: argument=asleep vcpus=4
 * on: xl
 * because: only Xen's toolstack saves
 * beside: await "tick 5 "
 * beside: store data/round 1
 * beside: await "told 1"
 * beside: store control/feature-suspend
 * beside: moved -c
 * beside: moved -f
 * beside: store data/round 2
 * beside: await "told 2"
 * beside: type_it
 * beside: moved
 * beside: store control/feature-suspend
 * beside: sleep 2
 * beside: store data/round 3
 * beside: await "told 3"
 * beside: store data/round end
 * typed: 700
 * told: control/feature-suspend=1\n(.*\n)+control/feature-suspend=1\n
 * judge: moved
 * limit: 150
 */
#include <bare/check.h>
#include <bare/string.h>
#include <plat/clock.h>
#include <plat/console.h>
#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/halt.h>
#include <plat/smp.h>
#include <plat/timer.h>

#include "patience.h"
#include "stamp.h"

#if __has_include(<plat/suspend.h>)
#include <plat/event_timer.h>
#include <plat/events.h>
#include <plat/page.h>

#include "store.h"

#define TICK_NSEC	(NSEC_PER_SEC / 10)
#define TURN_NSEC	(NSEC_PER_SEC / 20)
#define ROUND		"data/round"
#define FIRST_TICKS	6	/* also of a guest that is idle then */

static volatile unsigned long turns[MACHINE_MAX_CPUS], back, run_out, heard;
static volatile bool changed, over;
static bool idle;

static void note_change(void)
{
	changed = true;
	core_note_work();
}

static void turn_again(void);

static struct event_timer turn = { .call = turn_again };

static void turn_again(void)
{
	run_out++;
	event_timer_set(&turn, TURN_NSEC);
}

/* What a further CPU does all the time, with interrupts on */
static void compute(void *arg)
{
	uint64_t now, last = 0;

	(void)arg;
	__asm__ __volatile__("sti");
	for (;; last = now) {
		now = clock_monotonic();
		if (now < last)
			back++;
		turns[core_cpu()]++;
	}
}

static void count_call(void *arg)
{
	(void)arg;
	turns[core_cpu()]++;
}

static bool all_take_calls(void)
{
	unsigned int i;

	for (i = 1; cpus_has(i); i++)
		if (!call_surely(smp_call, i, count_call, NULL))
			return false;
	return true;
}

static void note_event(uint32_t port, void *data)
{
	(void)port;
	(void)data;
	heard++;
}

static bool hears_event(unsigned int cpu)
{
	const long port = events_bind_ipi(cpu, note_event, NULL);
	const uint64_t end = clock_monotonic() + PATIENCE;
	const unsigned long before = heard;

	if (port < 0)
		return false;
	events_unmask((uint32_t)port);
	events_send((uint32_t)port);
	while (heard == before && clock_monotonic() < end)
		__builtin_ia32_pause();
	events_close((uint32_t)port);
	return heard != before;
}

/* Interrupts are off on this CPU: no suspension takes a port away meanwhile. */
static bool all_hear_events(void)
{
	unsigned int i;

	for (i = 1; cpus_has(i); i++)
		if (!hears_event(i))
			return false;
	return true;
}

static bool have_compute(unsigned int step)
{
	unsigned int i;

	for (i = 1; cpus_has(i); i += step)
		if (!call_surely(smp_run, i, compute, NULL))
			return false;
	return true;
}

static bool cpus_go_on(void)
{
	static unsigned long seen[MACHINE_MAX_CPUS];
	const uint64_t end = clock_monotonic() + PATIENCE;
	unsigned int i;

	for (i = 1; cpus_has(i); i++) {
		while (turns[i] == seen[i])
			if (clock_monotonic() > end)
				return false;
		seen[i] = turns[i];
	}
	return true;
}

static void wait_tick(bool busy, uint64_t next)
{
	static uint64_t last;
	uint64_t now;

	/* A tick that is late lets interrupts in as well. */
	if (busy)
		__asm__ __volatile__("sti");
	else
		timer_block_until(clock_monotonic() + NSEC_PER_SEC / 1000);
	for (; (now = clock_monotonic()) < next; last = now) {
		if (now < last)
			back++;
		if (!busy)
			timer_block_until(next);
	}
	__asm__ __volatile__("cli");
	last = now;
}

/* No timer is set on any CPU. */
static void wait_word(void)
{
	while (!changed)
		halt_until_irq();
}

/* The host's word comes by a watch, which the guest has set once. */
static bool look_at_round(void)
{
	if (!changed)
		return true;
	changed = false;
	if (store_read(ROUND) == XENSTORE_MISSING)
		return true;
	if (store_answer.result != XENSTORE_DONE)
		return false;
	print_line("told %s", store_answer.value);
	over = !strcmp(store_answer.value, "end");
	return true;
}

/* It was typed before the guest was saved. */
static void show_typed(void)
{
	static char text[1024];

	print_line("echo begins");
	console_write(text, console_read(text, sizeof(text)));
	print_line("echo ends");
}

/* The event may take longer than a tick, where the host is busy. */
static bool event_timer_goes_on(void)
{
	static unsigned long seen;
	const uint64_t end = clock_monotonic() + PATIENCE;

	while (run_out == seen && clock_monotonic() < end)
		timer_block_until(clock_monotonic() + TURN_NSEC);
	if (run_out == seen)
		return false;
	seen = run_out;
	return true;
}

/* A word in each page, which changes with each tick */
#define WORDS_PER_PAGE	(PAGE_SIZE / sizeof(uint64_t))

static bool memory_keeps(const struct boot_info *bi, unsigned long tick)
{
	const struct memory_range *r;
	uint64_t at, end, *word;

	for (r = bi->map.range; r < bi->map.range + bi->map.count; r++) {
		end = r->end < bi->mapped_end ? r->end : bi->mapped_end;
		for (at = r->start; r->kind == MEMORY_RAM && at < end;
		     at += PAGE_SIZE) {
			word = (uint64_t *)at + at / PAGE_SIZE % WORDS_PER_PAGE;
			if (tick && *word != at + tick - 1)
				return false;
			*word = at + tick;
		}
	}
	return true;
}

static const char *go_wrong(void)
{
	if (!all_take_calls())
		return "a CPU is deaf";
	if (!all_hear_events())
		return "a CPU gets no events";
	if (!cpus_go_on())
		return "a CPU stands still";
	if (back)
		return "the clock went back";
	if (!idle && !event_timer_goes_on())
		return "the event timer stands still";
	return look_at_round() ? NULL : "the store does not answer";
}

static enum check_result tick(const struct boot_info *bi, const char *how)
{
	const bool writes = !strcmp(how, "writing");
	const bool busy = !strcmp(how, "busy");
	uint64_t next = clock_monotonic();
	const char *wrong;
	unsigned long i;

	if (!xenstore_connect() || !xenstore_watch(ROUND, note_change))
		return check_fail("there is no store");
	idle = !strcmp(how, "idle");
	if (!idle)
		turn_again();
	if (!idle && !have_compute(busy ? 1 : 2))
		return check_fail("a CPU does not begin");
	for (i = 0; !over; i++) {
		next += TICK_NSEC;
		if (idle && i >= FIRST_TICKS)
			wait_word();
		else
			wait_tick(busy, next);
		wrong = go_wrong();
		if (!wrong && writes && !memory_keeps(bi, i))
			wrong = "a page has changed";
		if (wrong)
			return check_fail("%s", wrong);
		print_line("tick %lu at %lu", i,
			   (unsigned long)clock_monotonic() / 1000);
		stamp("wall %lu", (unsigned long)clock_wall());
	}
	show_typed();
	return CHECK_PASS;
}
#else
static enum check_result tick(const struct boot_info *bi, const char *how)
{
	(void)bi;
	(void)how;
	return check_skip("this platform is never saved");
}
#endif

CHECK(suspend, "a guest that is saved and restored goes on where it was")
{
	return tick(bi, arg);
}
