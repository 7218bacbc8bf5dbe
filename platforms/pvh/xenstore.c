/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/xenstore/xenstore.c. DO NOT EDIT. */
/*
 * The connection to xenstore: messages come within the event's interrupt. A
 * store that breaks the rules is not used again.
 */
#include <stddef.h>

#include <plat/console_note.h>
#include <plat/core.h>
#include <plat/events.h>
#include <plat/hvm_params.h>
#include <plat/page.h>
#include <plat/xen_guest.h>
#include <plat/xenstore.h>
#include <plat/xenstore_parts.h>

struct xenstore_link xenstore_link;

static bool tried;

void xenstore_give_up(const char *why)
{
	if (!xenstore_link.connected)
		return;
	xenstore_link.connected = false;
	events_mask(xenstore_link.port);
	console_note("xenstore is no longer used: ", why);
	xenstore_tell_broken();
}

static const char *take_message(const struct xenstore_ring *ring)
{
	if (ring->header.type != XENSTORE_WATCH_EVENT)
		return xenstore_take_answer(ring);
	return xenstore_watch_tell(ring, xenstore_link.rider);
}

static void take_messages(uint32_t port, void *data)
{
	const struct xenstore_rider *rider = xenstore_link.rider;
	struct xenstore_ring *ring = &xenstore_link.ring;
	const char *fault = NULL;
	bool was_silent = false;

	(void)data;
	while (xenstore_link.connected && !fault &&
	       (!rider || rider->ready()) && xenstore_ring_get(ring)) {
		was_silent = was_silent || xenstore_link.silent;
		xenstore_link.silent = false;
		fault = take_message(ring);
	}
	if (fault || ring->fault)
		xenstore_give_up(fault ? fault : ring->fault);
	if (xenstore_link.connected) {
		xenstore_send_waiting();
		if (ring->notify)
			events_send(port);
		ring->notify = false;
	}
	if (was_silent)
		xenstore_look_again();
	if (rider)
		rider->after();
}

bool xenstore_connect(void)
{
	uint64_t pfn;

	if (tried || !is_xen_guest())
		return xenstore_link.connected;
	tried = true;
	pfn = hvm_param_get(HVM_PARAM_STORE_PFN);
	xenstore_link.port = (uint32_t)hvm_param_get(HVM_PARAM_STORE_EVTCHN);
	if (!pfn || !xenstore_link.port) {
		core_log("xenstore: Xen offers no connection");
		return false;
	}
	xenstore_ring_open(&xenstore_link.ring, core_phys(pfn * PAGE_SIZE));
	xenstore_link.connected = true;
	events_set_handler(xenstore_link.port, take_messages, NULL);
	events_unmask(xenstore_link.port);
	return true;
}

void xenstore_connect_again(void)
{
	xenstore_link.connected = false;
	xenstore_link.silent = false;
	tried = false;
	xenstore_connect();
}

void xenstore_carry(const struct xenstore_rider *rider)
{
	xenstore_link.rider = rider;
}

void xenstore_read_on(void)
{
	take_messages(xenstore_link.port, NULL);
}
