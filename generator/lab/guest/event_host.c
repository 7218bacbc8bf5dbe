/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Dom0 sends, with a number in a page that both see; generator/lab/testbed/peer.c. The
 * guest holds the port back and opens it again all the time. Events that come
 * together are one, so dom0 goes on when the guest has seen the last of a burst:
 * a lost one stops it. Never may there be more events than were sent, and as
 * many as were sent if each is waited for.
 *
 * number: 27
 * with: argument=1000,1 beside="await offered" beside="peer send $id $(xenstore-read /local/domain/$id/data/events) 1000 1"
 * with: argument=10000,50 beside="await offered" beside="peer send $id $(xenstore-read /local/domain/$id/data/events) 10000 50"
 * on: xl
 * because: somebody else has to send
 * limit: 120
 * told: sent \d+ notifications
 */
#include <bare/check.h>
#include <plat/clock.h>

#include "number.h"
#include "patience.h"
#include "store.h"

#define PAGE		4096

#if HAVE_STORE
#include <plat/events.h>

static volatile struct {
	uint64_t sent;
	uint64_t seen;
	uint64_t finished;
} page __attribute__((aligned(PAGE)));

static volatile uint64_t calls;

static __attribute__((format(printf, 3, 4))) void
print_text(char *text, size_t size, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	format_text(text, size, fmt, args);
	va_end(args);
}

static void count(uint32_t port, void *data)
{
	(void)port;
	(void)data;
	calls++;
	page.seen = page.sent;
}

static void linger(uint32_t *random)
{
	unsigned int n;

	*random = *random * 1664525 + 1013904223;
	for (n = *random >> 22; n; n--)
		__asm__ __volatile__("pause");
}

/* Until dom0 has sent all, or nothing has come for a long time */
static const char *hold_back_and_open(uint32_t port)
{
	uint64_t until = clock_monotonic() + PATIENCE, last = 0, before;
	uint32_t random = 1;

	while (!page.finished) {
		if (page.seen != last)
			until = clock_monotonic() + PATIENCE;
		else if (clock_monotonic() > until)
			return "nothing comes any more";
		last = page.seen;
		events_mask(port);
		before = calls;
		linger(&random);
		if (calls != before)
			return "a masked event came";
		events_unmask(port);
		linger(&random);
	}
	return NULL;
}

static bool offer(uint32_t port)
{
	char text[64];

	print_text(text, sizeof(text), "%lu %u", (unsigned long)&page / PAGE,
		   port);
	return store_write("data/events", text) == XENSTORE_DONE;
}
#endif

CHECK(event_host, "every event of another domain comes, and none that it did not send")
{
#if HAVE_STORE
	const uint64_t wanted = number(arg);
	const char *wrong;
	long port;

	port = events_alloc_unbound(0, count, NULL);
	if (port < 0)
		return check_fail("no port to be had: %ld", port);
	if (!offer((uint32_t)port))
		return check_fail("the store does not take the offer");
	events_unmask((uint32_t)port);
	print_line("offered");
	__asm__ __volatile__("sti");
	wrong = hold_back_and_open((uint32_t)port);
	__asm__ __volatile__("cli");
	events_close((uint32_t)port);
	print_line("  %lu sent, %lu seen, %lu events",
		   (unsigned long)page.sent, (unsigned long)page.seen,
		   (unsigned long)calls);
	if (wrong)
		return check_fail("%s", wrong);
	if (page.seen != wanted || calls > wanted)
		return check_fail("%lu were sent", (unsigned long)wanted);
	if (!strcmp(arg + strlen(arg) - 2, ",1") && calls != wanted)
		return check_fail("each was waited for");
	return CHECK_PASS;
#else
	return check_skip("only Xen has event channels");
#endif
}
