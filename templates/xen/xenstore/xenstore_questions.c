/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A question is known by its number until its answer has come. If the answer
 * comes (1) in time, the asker gets it; (2) after the asker was told that the
 * store is silent, it is taken and dropped, and the store stays in use;
 * (3) although nothing was asked, the store is broken.
 */
#include <stddef.h>

#include <plat/console_note.h>
#include <plat/event_timer.h>
#include <plat/events.h>
#include <plat/text.h>
#include <plat/x86.h>
#include <plat/xenstore.h>
#include <plat/xenstore_parts.h>

#define QUESTIONS	16

static struct question {
	uint32_t id, type;
	bool under_way;
	bool waits;		/* the ring had no room for it yet */
	bool asked_for;		/* somebody waits for the answer */
	bool ended;
	uint64_t until;
	const char *path, *text;
	xenstore_answer answer;
	void *data;
} questions[QUESTIONS];

static uint32_t next_id;

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

bool xenstore_any_under_way(void)
{
	unsigned int i;

	for (i = 0; i < QUESTIONS; i++)
		if (questions[i].under_way)
			return true;
	return false;
}

void xenstore_tell_silent(void)
{
	unsigned int i;

	event_timer_stop(&patience);
	for (i = 0; i < QUESTIONS; i++) {
		questions[i].under_way = false;
		tell(&questions[i], XENSTORE_SILENT, "");
	}
}

void xenstore_tell_broken(void)
{
	unsigned int i;

	event_timer_stop(&patience);
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
	struct question *q;

	for (q = questions; q < questions + QUESTIONS; q++) {
		if (!q->asked_for || q->until > moment)
			continue;
		if (!xenstore_link.silent)
			console_note("xenstore does not answer", "");
		xenstore_link.silent = true;
		if (q->waits)
			q->under_way = false;
		tell(q, XENSTORE_SILENT, "");
	}
	if (xenstore_link.rider)
		xenstore_link.rider->after();
	wait_on();
}

static struct question *first_waiting(void)
{
	struct question *q, *first = NULL;

	for (q = questions; q < questions + QUESTIONS; q++)
		if (q->under_way && q->waits &&
		    (!first || (int32_t)(q->id - first->id) < 0))
			first = q;
	return first;
}

/* In the order in which they were asked */
void xenstore_send_waiting(void)
{
	struct xenstore_ring *ring = &xenstore_link.ring;
	struct question *q;

	while ((q = first_waiting()) &&
	       xenstore_ring_put(ring, q->type, q->id, q->path, q->text,
				 q->ended)) {
		q->waits = false;
		events_send(xenstore_link.port);
	}
	if (!ring->fault)
		return;
	xenstore_give_up(ring->fault);
	if (xenstore_link.rider)
		xenstore_link.rider->after();
}

const char *xenstore_take_answer(const struct xenstore_ring *ring)
{
	const uint32_t len = ring->header.len;
	struct question *q = questions;

	while (q < questions + QUESTIONS &&
	       (!q->under_way || q->waits || q->id != ring->header.id))
		q++;
	if (q == questions + QUESTIONS)
		return "an answer that nobody asked for";
	if (ring->header.type == XENSTORE_ERROR) {
		if (!len || ring->payload[len - 1])
			return "an error without its end";
		q->under_way = false;
		tell(q, text_equal(ring->payload, "ENOENT") ?
		     XENSTORE_MISSING : XENSTORE_REFUSED, ring->payload);
	} else {
		if (ring->header.type != q->type)
			return "an answer of another kind";
		q->under_way = false;
		tell(q, XENSTORE_DONE, ring->payload);
	}
	return NULL;
}

/* A place for a question, which is not sent yet; NULL if there is none */
static struct question *begin(uint32_t type, xenstore_answer answer, void *data)
{
	struct question *q = questions;

	while (q < questions + QUESTIONS && q->under_way)
		q++;
	if (!xenstore_link.connected || q == questions + QUESTIONS)
		return NULL;
	*q = (struct question){
		.id = next_id++, .type = type,
		.under_way = true, .asked_for = true,
		.until = event_timer_now() + XENSTORE_PATIENCE,
		.answer = answer, .data = data,
	};
	return q;
}

bool xenstore_ask(uint32_t type, const char *path, const char *text, bool ended,
		  xenstore_answer answer, void *data)
{
	const uint64_t flags = irq_save();
	struct question *q = begin(type, answer, data);

	if (q) {
		q->path = path;
		q->text = text;
		q->ended = ended;
		q->waits = true;
		wait_on();
		xenstore_send_waiting();
	}
	irq_restore(flags);
	return q;
}

bool xenstore_pass(const struct xenstore_header *header, const char *payload,
		   xenstore_answer answer, void *data)
{
	struct question *q = begin(header->type, answer, data);
	struct xenstore_ring *ring = &xenstore_link.ring;
	struct xenstore_header ours = *header;

	if (!q)
		return false;
	ours.id = q->id;
	if (!xenstore_ring_put_message(ring, &ours, payload)) {
		*q = (struct question){ 0 };
		if (ring->fault)
			xenstore_give_up(ring->fault);
		return false;
	}
	events_send(xenstore_link.port);
	wait_on();
	return true;
}
