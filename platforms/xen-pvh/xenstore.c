/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/xenstore/xenstore.c. DO NOT EDIT. */
/*
 * A question is known by its number until its answer has come. If the answer
 * comes (1) in time, the asker gets it; (2) after the asker was told that the
 * store is silent, it is taken and dropped, and the store stays in use;
 * (3) although nothing was asked, the store is broken and is not used again.
 */
#include <plat/console_note.h>
#include <plat/core.h>
#include <plat/event_timer.h>
#include <plat/events.h>
#include <plat/hvm_params.h>
#include <plat/page.h>
#include <plat/text.h>
#include <plat/x86.h>
#include <plat/xen_guest.h>
#include <plat/xenstore.h>
#include <plat/xenstore_ring.h>

#define QUESTIONS	8
#define WATCHES		8

static struct question {
	uint32_t id, type;
	bool under_way;
	bool asked_for;		/* somebody waits for the answer */
	uint64_t until;
	xenstore_answer answer;
	void *data;
} questions[QUESTIONS];

static struct xenstore_ring ring;
static void (*watches[WATCHES])(void);
static unsigned int watch_count;
static uint32_t next_id, port;
static bool tried, connected, silent;

static void look_at_time(void);

static struct event_timer patience = { .call = look_at_time };

static void tell(struct question *q, enum xenstore_result result,
		 const char *value)
{
	if (!q->asked_for)
		return;
	q->asked_for = false;
	if (q->answer)
		q->answer(q->data, result, value);
}

static void give_up(const char *why)
{
	unsigned int i;

	if (!connected)
		return;
	connected = false;
	events_mask(port);
	event_timer_stop(&patience);
	console_note("xenstore is no longer used: ", why);
	for (i = 0; i < QUESTIONS; i++)
		tell(&questions[i], XENSTORE_BROKEN, "");
}

/*
 * Sets the timer for the question that has waited longest. One that is set
 * already comes early enough: most answers then cost no call to Xen.
 */
static void wait_on(void)
{
	const uint64_t moment = event_timer_now();
	uint64_t first = 0;
	unsigned int i;

	if (patience.at)
		return;
	for (i = 0; i < QUESTIONS; i++)
		if (questions[i].asked_for &&
		    (!first || questions[i].until < first))
			first = questions[i].until;
	if (first)
		event_timer_set(&patience,
				first > moment ? first - moment : 0);
}

static void look_at_time(void)
{
	const uint64_t moment = event_timer_now();
	unsigned int i;

	for (i = 0; i < QUESTIONS; i++) {
		if (!questions[i].asked_for || questions[i].until > moment)
			continue;
		if (!silent)
			console_note("xenstore does not answer", "");
		silent = true;
		tell(&questions[i], XENSTORE_SILENT, "");
	}
	wait_on();
}

/* A path and a token, each ended by a 0; the token is a digit that we chose. */
static void take_watch_event(void)
{
	const uint32_t len = ring.header.len;
	uint32_t token = 0, end;

	while (token < len && ring.payload[token++])
		;
	for (end = token; end < len && ring.payload[end]; end++)
		;
	if (end >= len) {
		give_up("a watch event without its end");
		return;
	}
	if (ring.payload[token] >= '0' && end == token + 1 &&
	    ring.payload[token] < (char)('0' + watch_count))
		watches[ring.payload[token] - '0']();
}

static void take_answer(void)
{
	struct question *q = &questions[ring.header.id % QUESTIONS];
	const uint32_t len = ring.header.len;

	if (!q->under_way || q->id != ring.header.id) {
		give_up("an answer that nobody asked for");
	} else if (ring.header.type == XENSTORE_ERROR) {
		q->under_way = false;
		if (!len || ring.payload[len - 1])
			give_up("an error without its end");
		else
			tell(q, text_equal(ring.payload, "ENOENT") ?
			     XENSTORE_MISSING : XENSTORE_REFUSED, ring.payload);
	} else if (ring.header.type != q->type) {
		give_up("an answer of another kind");
	} else {
		q->under_way = false;
		tell(q, XENSTORE_DONE, ring.payload);
	}
}

static void take_messages(uint32_t p, void *data)
{
	(void)p;
	(void)data;
	while (connected && xenstore_ring_get(&ring)) {
		silent = false;
		if (ring.header.type == XENSTORE_WATCH_EVENT)
			take_watch_event();
		else
			take_answer();
	}
	if (ring.fault)
		give_up(ring.fault);
	if (!connected)
		return;
	if (ring.notify)
		events_send(port);
	ring.notify = false;
}

bool xenstore_connect(void)
{
	uint64_t pfn;

	if (tried || !is_xen_guest())
		return connected;
	tried = true;
	pfn = hvm_param_get(HVM_PARAM_STORE_PFN);
	port = (uint32_t)hvm_param_get(HVM_PARAM_STORE_EVTCHN);
	if (!pfn || !port) {
		core_log("xenstore: Xen offers no connection");
		return false;
	}
	xenstore_ring_open(&ring, core_phys(pfn * PAGE_SIZE));
	connected = true;
	events_set_handler(port, take_messages, NULL);
	events_unmask(port);
	return true;
}

static bool ask(uint32_t type, const char *path, const char *text, bool ended,
		xenstore_answer answer, void *data)
{
	const uint64_t flags = irq_save();
	struct question *q = &questions[next_id % QUESTIONS];
	bool sent = false;

	if (connected && !q->under_way)
		sent = xenstore_ring_put(&ring, type, next_id, path, text,
					 ended);
	if (sent) {
		*q = (struct question){
			.id = next_id++, .type = type,
			.under_way = true, .asked_for = true,
			.until = event_timer_now() + XENSTORE_PATIENCE,
			.answer = answer, .data = data,
		};
		events_send(port);
		wait_on();
	} else if (ring.fault) {
		give_up(ring.fault);
	}
	irq_restore(flags);
	return sent;
}

bool xenstore_read(const char *path, xenstore_answer answer, void *data)
{
	return ask(XENSTORE_READ, path, "", false, answer, data);
}

bool xenstore_write(const char *path, const char *value,
		    xenstore_answer answer, void *data)
{
	return ask(XENSTORE_WRITE, path, value, false, answer, data);
}

bool xenstore_watch(const char *path, void (*changed)(void))
{
	const char token[2] = { (char)('0' + watch_count), '\0' };

	if (watch_count == WATCHES)
		return false;
	watches[watch_count++] = changed;
	return ask(XENSTORE_WATCH, path, token, true, NULL, NULL);
}
