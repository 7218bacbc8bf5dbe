/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * All free memory holds a pattern: whatever the host takes and gives, the rest
 * keeps it, and all that is free can be used. The last word is the host's: what
 * `xl list` counts.
 *
 * number: 30
 * on: xl
 * because: only Xen's toolstack changes a guest's memory
 * memory: 64
 * limit: 90
 * with: argument=2 maxmem=128 beside="mem_set 128 'filled 1'" beside="mem_set 64 'filled 2'" told="has 12[89]\nhas 6[456]\n"
 * with: argument=3 maxmem=128 words=refusals beside="await 'filled 0'" beside="store memory/target 4096" beside="await 'are too few'" beside="store memory/target 131072" beside="await 'no more for this guest'" beside="mem_set 128 'filled 1'" beside="mem_set 48 'filled 2'" beside="mem_set 96 'filled 3'" told="has 12[89]\nhas (4[89]|50)\nhas 9[678]\n"
 */
#include <bare/check.h>
#include <plat/clock.h>
#include <plat/timer.h>

#include "number.h"
#include "patience.h"

#if __has_include(<plat/balloon_bare.h>)
#include <plat/balloon_bare.h>
#include <plat/balloon_core.h>
#include <plat/page.h>

#define QUIET_NSEC	100000000UL
#define CHANGE_PAGES	2048	/* what counts as a change */

/* Each word tells its place, so that no page stands in for another. */
static uint64_t pattern(uint64_t at)
{
	return at * 0x9e3779b97f4a7c15UL;
}

static void fill(void)
{
	uint64_t start, end, at;
	unsigned int i;

	for (i = 0; balloon_bare_range(i, &start, &end); i++)
		for (at = start; at < end; at += 8)
			*(volatile uint64_t *)at = pattern(at);
}

/* The first word that is lost, of `pages` in all; or 0 */
static uint64_t lost(uint64_t pages)
{
	uint64_t start, end, at;
	unsigned int i;

	for (i = 0; balloon_bare_range(i, &start, &end); i++)
		for (at = start; at < end; at += 8) {
			if (!(at % PAGE_SIZE) && !pages--)
				return 0;
			if (*(volatile uint64_t *)at != pattern(at))
				return at;
		}
	return 0;
}

/* Sleeps until the memory has changed and changes no more. */
static bool wait_change(uint64_t pages)
{
	const uint64_t limit = clock_monotonic() + PATIENCE;
	uint64_t before, now = pages, until;

	do {
		before = now;
		until = clock_monotonic() + QUIET_NSEC;
		while (clock_monotonic() < until)
			timer_block_until(until);
		now = balloon_core_free();
		if (now == before && (now > pages + CHANGE_PAGES ||
				      now + CHANGE_PAGES < pages))
			return true;
	} while (clock_monotonic() < limit);
	return false;
}
#endif

CHECK(balloon, "memory is given back and taken again, and the rest keeps its content")
{
#if __has_include(<plat/balloon_bare.h>)
	const uint64_t changes = number(arg);
	uint64_t pages, at, i;

	for (i = 0;; i++) {
		fill();
		pages = balloon_core_free();
		at = lost(pages);
		if (at)
			return check_fail("0x%lx cannot be used",
					  (unsigned long)at);
		print_line("filled %lu: %lu KiB", (unsigned long)i,
			   (unsigned long)(pages * PAGE_SIZE / 1024));
		if (i == changes)
			return CHECK_PASS;
		if (!wait_change(pages))
			return check_fail("the memory did not change");
		at = lost(pages);
		if (at)
			return check_fail("0x%lx has lost its content",
					  (unsigned long)at);
	}
#else
	return check_skip("nothing here follows the host");
#endif
}
