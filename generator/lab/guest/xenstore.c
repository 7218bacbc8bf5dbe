/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 17
 * on: xl
 * because: only a domU has a store
 * with: argument=100
 * limit: 60
 * beside: await "look at it"
 * beside: store data/by-guest
 * beside: store data/by-host "from dom0"
 * told: data/by-guest=from the guest
 */
#include <bare/check.h>

#include "number.h"
#include "patience.h"
#include "store.h"

#if HAVE_STORE
static volatile unsigned int changes;

static void changed(void)
{
	changes++;
	core_note_work();
}

/* A watch is called at first, and once more for dom0's value. */
static const char *watch(void)
{
	const uint64_t until = clock_monotonic() + PATIENCE;
	unsigned int wanted;

	if (!xenstore_watch("data/by-host", changed))
		return "a watch is not taken";
	for (wanted = 1; wanted <= 2; wanted++) {
		while (changes < wanted && clock_monotonic() < until)
			timer_block_until(until);
		if (changes < wanted)
			return wanted == 1 ? "the watch was not called at first"
					   : "dom0's value was not noticed";
		if (wanted == 1)
			print_line("look at it");
	}
	store_read("data/by-host");
	return strcmp(store_answer.value, "from dom0") ? "not dom0's value"
						       : NULL;
}

static const char *read_and_write(unsigned int reads)
{
	uint64_t begin;
	unsigned int i;

	if (store_read("name") || strncmp(store_answer.value, "guest", 5))
		return "the name is not the guest's";
	if (store_read("no/such/key") != XENSTORE_MISSING)
		return "a key is found that is not there";
	if (store_write("name", "another") != XENSTORE_REFUSED)
		return "the guest may change its name";
	if (store_write("data/by-guest", "from the guest"))
		return "the guest cannot write where it may";
	begin = clock_monotonic();
	for (i = 0; i < reads; i++)
		if (store_read("data/by-guest") ||
		    strcmp(store_answer.value, "from the guest"))
			return "one of many reads went wrong";
	print_line("  %u reads in %lu ms", reads,
		   (unsigned long)(clock_monotonic() - begin) / 1000000);
	return NULL;
}
#endif

CHECK(xenstore, "xenstore is read, written and watched")
{
#if HAVE_STORE
	const char *wrong = read_and_write((unsigned int)number(arg));

	if (!wrong)
		wrong = watch();
	if (wrong)
		return check_fail("%s: [%s]", wrong, store_answer.value);
	return CHECK_PASS;
#else
	return check_skip("only Xen has a store");
#endif
}
