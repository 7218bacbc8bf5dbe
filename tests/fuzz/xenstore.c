/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The client of xenstore against a store that does as the fuzzer says: answers
 * well, answers in pieces, writes rubbish, moves indices, is silent. Each
 * question is answered once at most, at the end each has been; an answer in
 * good order comes as it was sent; a ring that was given up is not touched.
 */
#include <sys/mman.h>

#include "feeder.h"

#define PAGE	4096

#include <xenstore/xenstore_ring.c>
#include <xenstore/xenstore_calls.c>
#include <xenstore/xenstore_questions.c>
#include <xenstore/xenstore.c>

#define ring		xenstore_link.ring
#define connected	xenstore_link.connected
#define port		xenstore_link.port

#define ASKED	64
#define LONGEST	1200

static struct xenstore_page *page;
static uint64_t system_time;
static struct asked {
	unsigned int sent, answered;
	char text[LONGEST];	/* it may wait until the ring has room */
} asked[ASKED];
static unsigned int count, noted;
static bool honest;		/* the store has said nothing wrong so far */
static char told[64];		/* what its last good answer was */

uint64_t event_timer_now(void)
{
	return system_time;
}

uint64_t hvm_param_get(uint32_t index)
{
	return index == HVM_PARAM_STORE_PFN ? 1 : 5;
}

void *core_phys(uint64_t paddr) { (void)paddr; return page; }
void core_log(const char *fmt, ...) { (void)fmt; }
void core_note_work(void) {}
bool is_xen_guest(void) { return true; }
void console_note(const char *a, const char *b) { noted += a[0] + b[0] > 0; }
void events_mask(uint32_t p) { (void)p; }
void events_unmask(uint32_t p) { (void)p; }
long events_send(uint32_t p) { (void)p; return 0; }
void events_set_handler(uint32_t p, event_handler h, void *d)
{
	(void)p;
	(void)h;
	(void)d;
}

void event_timer_set(struct event_timer *timer, uint64_t nsec)
{
	timer->at = system_time + nsec;
}

void event_timer_stop(struct event_timer *timer) { timer->at = 0; }

static void answered(void *data, enum xenstore_result result,
		     const char *value)
{
	struct asked *a = data;

	MUST(++a->answered == a->sent);
	MUST(strlen(value) <= XENSTORE_PAYLOAD_MAX);
	if (honest && result == XENSTORE_DONE)
		MUST(!strcmp(value, told));
	MUST(!honest || result != XENSTORE_BROKEN);
}

static void changed(void) {}

static void put_bytes(const void *bytes, uint32_t len)
{
	const char *p = bytes;

	while (len--)
		page->rsp[page->rsp_prod++ % XENSTORE_RING_SIZE] = *p++;
}

/* Answers the first question that the store has not taken, as a store would */
static void answer_well(struct input *in)
{
	struct xenstore_header h;
	uint32_t i;

	if (!honest || page->req_prod == page->req_cons ||
	    page->rsp_prod - page->rsp_cons > XENSTORE_RING_SIZE / 2)
		return;
	for (i = 0; i < sizeof(h); i++)
		((char *)&h)[i] = page->req[(page->req_cons + i) %
					    XENSTORE_RING_SIZE];
	MUST(h.len <= XENSTORE_RING_SIZE);
	MUST(page->req_prod - page->req_cons >= sizeof(h) + h.len);
	page->req_cons += (uint32_t)sizeof(h) + h.len;
	h.len = take(in, 1) % sizeof(told);
	for (i = 0; i < h.len; i++)
		told[i] = (char)('a' + (h.id + i) % 26);
	told[h.len] = '\0';
	put_bytes(&h, sizeof(h) / 2);
	take_messages(port, NULL);	/* half of a header is nothing yet */
	put_bytes((char *)&h + sizeof(h) / 2, sizeof(h) / 2);
	put_bytes(told, h.len);
	take_messages(port, NULL);
}

/* Indices that cannot be must be noticed as soon as anybody looks. */
static void lie_by_index(struct input *in)
{
	bool impossible;

	if (take(in, 1) & 1)
		page->req_cons = take(in, 4);
	page->rsp_cons = take(in, 1);
	page->rsp_prod = ring.rsp_cons + (take(in, 1) & 1 ? take(in, 4)
							  : take(in, 2) % 2048);
	impossible = page->rsp_prod - ring.rsp_cons > XENSTORE_RING_SIZE;
	take_messages(port, NULL);
	MUST(!impossible || !connected);
}

/* Rubbish, as much as the ring takes, so that it adds up over some rounds */
static void lie_by_bytes(struct input *in)
{
	const uint8_t first = (uint8_t)take(in, 1);
	uint32_t len = take(in, 2) % (XENSTORE_RING_SIZE + 1);
	char byte = (char)first;

	while (len--) {
		put_bytes(&byte, 1);
		byte = first & 1 ? byte : (char)take(in, 1);
	}
	take_messages(port, NULL);
}

static bool is_known(uint32_t id, uint32_t type)
{
	unsigned int i;

	for (i = 0; i < QUESTIONS; i++)
		if (questions[i].under_way && !questions[i].waits &&
		    questions[i].id == id)
			return type == XENSTORE_ERROR ||
			       type == questions[i].type;
	return false;
}

/* A whole message, of which the model knows whether a store may send it */
static void lie_by_message(struct input *in)
{
	const bool at_begin = page->rsp_prod == ring.rsp_cons &&
			      (!ring.have || ring_is_whole(&ring));
	struct xenstore_header h = {
		.type = take(in, 1) % 20,
		.id = next_id - take(in, 1) % 16,
		.len = take(in, 1) & 1 ? take(in, 4) : take(in, 1) % 64,
	};
	char payload[64];
	const char *end = NULL;
	bool good;
	uint32_t i;

	for (i = 0; i < sizeof(payload); i++)
		payload[i] = i < h.len ? (char)take(in, 1) : 0;
	good = h.len <= XENSTORE_PAYLOAD_MAX;
	if (h.len <= sizeof(payload) && h.type == XENSTORE_WATCH_EVENT) {
		end = memchr(payload, 0, h.len);
		end = end ? memchr(end + 1, 0, (size_t)(payload + h.len -
							end - 1)) : NULL;
		good = end;
	} else if (h.len <= sizeof(payload)) {
		good = is_known(h.id, h.type) &&
		       (h.type != XENSTORE_ERROR ||
			(h.len && !payload[h.len - 1]));
	}
	put_bytes(&h, sizeof(h));
	put_bytes(payload, h.len <= sizeof(payload) ? h.len : sizeof(payload));
	take_messages(port, NULL);
	MUST(!at_begin || good == connected);
}

static void lie(struct input *in)
{
	honest = false;
	switch (take(in, 1) % 4) {
	case 0:
		lie_by_index(in);
		break;
	case 1:
		lie_by_bytes(in);
		break;
	default:
		lie_by_message(in);
	}
}

static void ask_something(struct input *in)
{
	struct asked *a = &asked[count % ASKED];
	bool sent;

	if (a->sent != a->answered)
		return;
	memset(a->text, 'x', LONGEST);
	a->text[take(in, 2) % LONGEST] = '\0';
	a->sent++;
	sent = take(in, 1) & 1 ? xenstore_read(a->text, answered, a)
			       : xenstore_write(a->text, a->text, answered, a);
	if (sent)
		count++;
	else
		a->sent = a->answered;
}

static void start_anew(void)
{
	memset(page, 0, PAGE);
	memset(questions, 0, sizeof(questions));
	memset(&xenstore_link, 0, sizeof(xenstore_link));
	memset(asked, 0, sizeof(asked));
	watch_count = next_id = count = 0;
	tried = false;
	honest = true;
	patience.at = 0;
	MUST(xenstore_connect());
	page->req_cons = ring.req_prod;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	page = mmap(NULL, 3 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
		    0);
	page = (void *)((char *)page + PAGE);
	return mprotect(page, PAGE, PROT_READ | PROT_WRITE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct xenstore_page before;
	unsigned int i;

	start_anew();
	if (take(&in, 1) & 1)
		xenstore_watch("watched", changed);
	while (in.left && connected)
		switch (take(&in, 1) % 5) {
		case 0:
		case 1:
			ask_something(&in);
			break;
		case 2:
			answer_well(&in);
			break;
		case 3:
			lie(&in);
			break;
		default:
			system_time += take(&in, 1) * XENSTORE_PATIENCE / 64;
			if (patience.at && patience.at <= system_time) {
				patience.at = 0;
				look_at_time();
			}
		}
	before = *page;
	if (!connected) {
		MUST(!honest);
		take_messages(port, NULL);
		MUST(!xenstore_read("gone", answered, &asked[0]));
		MUST(!memcmp(&before, page, sizeof(before)));
	}
	system_time += 2 * XENSTORE_PATIENCE;
	look_at_time();
	for (i = 0; i < ASKED; i++)
		MUST(asked[i].answered == asked[i].sent);
	return 0;
}
