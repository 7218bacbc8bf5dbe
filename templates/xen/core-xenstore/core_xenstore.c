/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A request of Unikraft's client travels under a number of the platform's and
 * its answer gets the client's number back. If the store is silent, the client
 * is told EIO, where it would wait for ever. A late answer is not mistaken for
 * that of a later request with the same number: the platform's differ.
 */
#include <stddef.h>

#include <plat/core.h>
#include <plat/core_xenstore.h>
#include <plat/core_xenstore_queue.h>
#include <plat/page.h>
#include <plat/suspend_hooks.h>
#include <plat/x86.h>
#include <plat/xenstore_parts.h>

#define HEADER		sizeof(struct xenstore_header)
#define NO_ANSWER	"EIO"

/* Requests on their way; further ones stay in the ring. */
#define TRAVELLERS	4

static IN_PAGES union {
	struct xenstore_page ring;
	char page[PAGE_SIZE];
} at_core;

static volatile struct xenstore_page *const page = &at_core.ring;

static struct traveller {
	bool under_way;
	struct xenstore_header header;	/* as the client sent it */
} travellers[TRAVELLERS];

static void (*wake_core)(void);

static void tell_error(const struct xenstore_header *request)
{
	struct xenstore_header h = *request;

	h.type = XENSTORE_ERROR;
	h.len = sizeof(NO_ANSWER);
	core_queue_add(&h, NO_ANSWER);
}

static void traveller_returns(void *data, enum xenstore_result result,
			      const char *value)
{
	struct traveller *t = data;
	struct xenstore_header h = t->header;

	t->under_way = false;
	if (result == XENSTORE_SILENT || result == XENSTORE_BROKEN) {
		tell_error(&t->header);
		return;
	}
	h.type = xenstore_link.ring.header.type;
	h.len = xenstore_link.ring.header.len;
	core_queue_add(&h, value);
}

static char byte_at(uint32_t index)
{
	return page->req[index % XENSTORE_RING_SIZE];
}

/* Copies the next request out of the ring, if it is there as a whole. */
static bool next_request(struct xenstore_header *header, char *payload)
{
	const uint32_t prod = __atomic_load_n(&page->req_prod,
					      __ATOMIC_ACQUIRE);
	const uint32_t cons = page->req_cons;
	uint32_t i;

	if (prod - cons < HEADER)
		return false;
	for (i = 0; i < HEADER; i++)
		((char *)header)[i] = byte_at(cons + i);
	if (header->len > XENSTORE_RING_SIZE - HEADER ||
	    prod - cons < HEADER + header->len)
		return false;
	for (i = 0; i < header->len; i++)
		payload[i] = byte_at(cons + (uint32_t)HEADER + i);
	return true;
}

static bool send_on(const struct xenstore_header *header, const char *payload)
{
	struct traveller *t = travellers;

	while (t < travellers + TRAVELLERS && t->under_way)
		t++;
	if (t < travellers + TRAVELLERS) {
		*t = (struct traveller){ true, *header };
		if (xenstore_pass(header, payload, traveller_returns, t)) {
			core_watches_note(header, payload);
			core_nodes_note(header, payload);
			return true;
		}
		t->under_way = false;
	}
	if (xenstore_link.connected && !xenstore_link.silent)
		return false;
	tell_error(header);
	return true;
}

/* @return whether the client can go on */
static bool take_requests(void)
{
	static char payload[XENSTORE_RING_SIZE];
	struct xenstore_header header;
	bool any = false;

	while (core_queue_ready() && next_request(&header, payload) &&
	       send_on(&header, payload)) {
		__atomic_store_n(&page->req_cons,
				 page->req_cons + (uint32_t)HEADER + header.len,
				 __ATOMIC_RELEASE);
		any = true;
	}
	return any;
}

static void after(void)
{
	bool news = take_requests();

	if (core_queue_move(page))
		news = true;
	if (news && wake_core)
		wake_core();
}

static void watch_event(const struct xenstore_header *header,
			const char *payload)
{
	core_queue_add(header, payload);
}

uint64_t core_xenstore_open(void)
{
	static const struct xenstore_rider core = {
		.ready = core_queue_ready,
		.event = watch_event,
		.after = after,
	};

	if (!xenstore_connect())
		core_crash("Xen: this image's drivers need xenstore, and there is none");
	xenstore_carry(&core);
	return (uint64_t)page;
}

void core_xenstore_listen(void (*wake)(void))
{
	const uint64_t flags = irq_save();

	wake_core = wake;
	irq_restore(flags);
}

/*
 * The client says that it has written a request, or that it has read from a
 * full ring. In the second case messages may wait at the store as well.
 */
void core_xenstore_look(void)
{
	const uint64_t flags = irq_save();
	const bool was_ready = core_queue_ready();

	after();
	if (!was_ready && core_queue_ready() && xenstore_link.connected)
		xenstore_read_on();
	irq_restore(flags);
}
