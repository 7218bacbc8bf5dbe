/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Both ends of a channel are the guest's own. Xen makes an event pending when it
 * binds the second one, since the first may have sent before. Who drops it may
 * wait for ever.
 *
 * number: 27
 * on: xen-dom0 xl
 * because: only Xen has event channels
 */
#include <bare/check.h>

#if __has_include(<plat/events.h>)
#include <plat/events.h>
#include <plat/xen_memory.h>

#define TURNS	1000000

static volatile unsigned int seen;

static void count(uint32_t port, void *data)
{
	(void)port;
	(void)data;
	seen++;
}

/* Whether there are as many events, now or soon */
static bool come(unsigned int wanted)
{
	unsigned int i;

	for (i = 0; seen < wanted && i < TURNS; i++)
		__asm__ __volatile__("pause");
	return seen == wanted;
}

static const char *bind(uint32_t offered)
{
	const char *wrong = NULL;
	long port;

	port = events_bind_interdomain(DOMID_SELF, offered, count, NULL);
	if (port < 0)
		return "the offered port cannot be bound to";
	if (seen)
		wrong = "an event came through the mask";
	events_unmask((uint32_t)port);
	if (!wrong && !come(1))
		wrong = "what was pending when it was bound is lost";
	if (!wrong && (events_send(offered) < 0 || !come(2)))
		wrong = "a later event is lost";
	events_close((uint32_t)port);
	return wrong;
}
#endif

CHECK(event_bind, "what is pending when a port is bound reaches its handler")
{
#if __has_include(<plat/events.h>)
	const char *wrong;
	long offered;

	offered = events_alloc_unbound(DOMID_SELF, NULL, NULL);
	if (offered < 0)
		return check_fail("no port to be had: %ld", offered);
	__asm__ __volatile__("sti");
	wrong = bind((uint32_t)offered);
	__asm__ __volatile__("cli");
	events_close((uint32_t)offered);
	return wrong ? check_fail("%s", wrong) : CHECK_PASS;
#else
	return check_skip("only Xen has event channels");
#endif
}
