/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A store that is stopped brings no answer, but after a time a message. Once
 * it goes on, the connection can be used as before, and the guest obeys. Whoever
 * waits for changes looks again: what it asked when the last one came may be
 * among the questions without an answer.
 *
 * number: 17
 * on: xl
 * because: only a domU has a store
 * beside: await "type when it is stopped"
 * beside: tty=$(xenstore-read /local/domain/$id/console/tty)
 * beside: killall -STOP xenstored
 * beside: echo >$tty
 * beside: await "asked for"
 * beside: killall -CONT xenstored
 * beside: await "back again"
 * beside: ends_by xl shutdown $guest
 * says: xenstore does not answer\n
 * says: asked for ([5-9]|1\d)\.\d s\n
 * judge: prompt
 * limit: 120
 */
#include <bare/check.h>
#include <plat/console.h>

#include "patience.h"
#include "store.h"

#if HAVE_STORE
static volatile unsigned int looks;

static void look(void)
{
	looks++;
}
#endif

CHECK(store_silent, "a store that is silent costs time, and no more")
{
#if HAVE_STORE
	enum xenstore_result result;
	uint64_t begin, took;
	char typed;

	begin = clock_monotonic();
	if (!xenstore_watch("data/unchanged", look))
		return check_fail("there is no watch");
	while (!looks && clock_monotonic() < begin + PATIENCE)
		store_read("domid");
	print_line("type when it is stopped");
	begin = clock_monotonic();
	while (!console_read(&typed, 1) && clock_monotonic() < begin + PATIENCE)
		timer_block_until(begin + PATIENCE);
	begin = clock_monotonic();
	result = store_read("domid");
	took = clock_monotonic() - begin;
	print_line("asked for %lu.%lu s", (unsigned long)(took / NSEC_PER_SEC),
		   (unsigned long)(took / (NSEC_PER_SEC / 10) % 10));
	if (result != XENSTORE_SILENT)
		return check_fail("the answer is %d", (int)result);
	while (clock_monotonic() < begin + PATIENCE &&
	       store_read("domid") != XENSTORE_DONE)
		;
	if (store_answer.result != XENSTORE_DONE)
		return check_fail("the store is back, and not heard");
	if (looks != 2)
		return check_fail("its watch looked %u times", looks);
	print_line("back again");
	while (clock_monotonic() < begin + 2 * PATIENCE)
		timer_block_until(begin + 2 * PATIENCE);
	return check_fail("the host's wish was not heard");
#else
	return check_skip("only Xen has a store");
#endif
}
