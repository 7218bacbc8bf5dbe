/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The store is stopped, and dom0 writes into its ring what no store says while
 * the guest waits for an answer. The client has to notice, say so, and leave
 * the ring alone; the guest goes on.
 *
 * number: 17
 * with: argument=indices says="xenstore is no longer used: answer indices are out of range"
 * with: argument=length says="xenstore is no longer used: a message is too long"
 * with: argument=number says="xenstore is no longer used: an answer that nobody asked for"
 * with: argument=kind says="xenstore is no longer used: an answer of another kind"
 * with: argument=error says="xenstore is no longer used: an error without its end"
 * with: argument=watch says="xenstore is no longer used: a watch event without its end"
 * on: xl
 * because: only a domU has a store
 * limit: 60
 * beside: await "type when it is stopped"
 * beside: set -- $(xenstore-read /local/domain/$id/store/ring-ref /local/domain/$id/store/port /local/domain/$id/data/forge /local/domain/$id/console/tty)
 * beside: killall -STOP xenstored
 * beside: echo >$4
 * beside: sleep 0.5
 * beside: peer forge $id $1 $2 $3
 * beside: sleep 0.5
 * beside: killall -CONT xenstored
 */
#include <bare/check.h>
#include <plat/console.h>

#include "patience.h"
#include "store.h"

CHECK(store_forged, "a store that says what cannot be is left alone")
{
#if HAVE_STORE
	enum xenstore_result result;
	uint64_t begin;
	char typed;

	if (store_write("data/forge", arg))
		return check_fail("the store does not take a value");
	print_line("type when it is stopped");
	begin = clock_monotonic();
	while (!console_read(&typed, 1) &&
	       clock_monotonic() < begin + PATIENCE)
		timer_block_until(begin + PATIENCE);
	/* What dom0 writes may be later than the client's own patience. */
	do
		result = store_read("domid");
	while (result == XENSTORE_SILENT &&
	       clock_monotonic() < begin + PATIENCE);
	if (result != XENSTORE_BROKEN)
		return check_fail("the answer is %d", (int)result);
	if (xenstore_write("data/forge", "", NULL, NULL))
		return check_fail("the ring is still used");
	return CHECK_PASS;
#else
	return check_skip("only Xen has a store");
#endif
}
