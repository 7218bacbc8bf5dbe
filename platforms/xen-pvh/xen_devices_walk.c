/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-drivers/xen_devices_walk.c. DO NOT EDIT. */
/*
 * A device's two ends agree through their states in xenstore. Closed and opened
 * again, a backend of Linux goes on where the ring says that the last answer
 * stands. Nobody submits anything meanwhile.
 * Source: Xen, public/io/xenbus.h (states) and public/io/ring.h
 */
#include <stddef.h>

#include <plat/clock.h>
#include <plat/hypervisor.h>
#include <plat/text.h>
#include <plat/xen_devices.h>
#include <plat/xen_time.h>
#include <plat/xenstore_parts.h>

#define DEVICE_HAS_NSEC	(10 * NSEC_PER_SEC)
#define PATH_SIZE	128

enum state {
	INITIALISING = '1',
	WAITING = '2',
	CONNECTED = '4',
	CLOSING = '5',
	CLOSED = '6',
};

/* The begin of a page that is a ring of requests and answers */
struct ring {
	uint32_t req_prod, req_event;
	uint32_t rsp_prod, rsp_event;
};

/* What is asked may be answered late: nothing of it is on the stack. */
static char path[PATH_SIZE];
static struct {
	uintptr_t question;	/* which it belongs to */
	bool there;
	enum xenstore_result result;
	char text[PATH_SIZE];
} answer;

static void take_answer(void *data, enum xenstore_result result,
			const char *value)
{
	size_t i = 0;

	if ((uintptr_t)data != answer.question)
		return;
	for (; value[i] && i < PATH_SIZE - 1; i++)
		answer.text[i] = value[i];
	answer.text[i] = '\0';
	answer.result = result;
	answer.there = true;
}

static uint64_t patience_ends(void)
{
	return xen_time_now() + DEVICE_HAS_NSEC;
}

static bool wait_answer(bool sent)
{
	const uint64_t until = patience_ends();

	while (sent && !answer.there && xen_time_now() < until) {
		hypervisor_yield();
		xenstore_read_on();
	}
	return sent && answer.there && answer.result == XENSTORE_DONE;
}

/* One that comes when nobody waits for it any more is not the next one's. */
static void *next_question(void)
{
	answer.there = false;
	answer.question++;
	return (void *)answer.question;
}

static bool ask_read(const char *from)
{
	return wait_answer(xenstore_read(from, take_answer, next_question()));
}

static bool ask_write(const char *to, const char *value)
{
	return wait_answer(xenstore_write(to, value, take_answer,
					  next_question()));
}

/* A path's folder and another key in it; the longest path is cut. */
static void make_path(const char *folder, size_t len, const char *key)
{
	size_t i;

	for (i = 0; i < len && i < PATH_SIZE - 1; i++)
		path[i] = folder[i];
	while (*key && i < PATH_SIZE - 1)
		path[i++] = *key++;
	path[i] = '\0';
}

static size_t folder_length(const struct core_node *state)
{
	return text_length(state->path) - text_length("state");
}

static bool set_state(const struct core_node *state, enum state to)
{
	static const char words[][2] = { "0", "1", "2", "3", "4", "5", "6" };

	return ask_write(state->path, words[to - '0']);
}

/* The path of the backend's state is another one in each domain. */
static bool find_backend(const struct core_node *state)
{
	make_path(state->path, folder_length(state), "backend");
	if (!ask_read(path))
		return false;
	make_path(answer.text, text_length(answer.text), "/state");
	return true;
}

/* The backend's state, 0 if there is none */
static char backend_state(const struct core_node *state)
{
	return find_backend(state) && ask_read(path) ? answer.text[0] : 0;
}

static bool backend_gets(const struct core_node *state, enum state to)
{
	const uint64_t until = patience_ends();

	if (!find_backend(state))
		return false;
	while (ask_read(path) && xen_time_now() < until)
		if (answer.text[0] == (char)to)
			return true;
	return false;
}

static bool is_disk_ring(const char *at)
{
	const size_t len = text_length(at), end = text_length("/ring-ref");

	return len > end && text_equal(at + len - end, "/ring-ref");
}

/*
 * A disk answers in any order. Each answer takes the place of the oldest
 * request: what is unanswered then could not be told from the ring.
 */
static bool is_idle(const struct core_node *node)
{
	const uint64_t until = patience_ends();
	const volatile struct ring *ring;

	if (!is_disk_ring(node->path))
		return true;
	ring = xen_grant_page_at(text_number(node->value));
	while (ring && ring->rsp_prod != ring->req_prod &&
	       xen_time_now() < until)
		hypervisor_yield();
	return ring && ring->rsp_prod == ring->req_prod;
}

bool xen_device_idle(const struct core_node *state)
{
	struct core_node node;
	uint32_t at = 0;

	while (xen_device_node_next(state, &at, &node))
		if (!is_idle(&node))
			return false;
	return true;
}

const char *xen_device_close(const struct core_node *state)
{
	if (!set_state(state, CLOSING) || !backend_gets(state, CLOSING) ||
	    !set_state(state, CLOSED) || !backend_gets(state, CLOSED))
		return "the backend of a device does not let go";
	return NULL;
}

const char *xen_device_open(const struct core_node *state)
{
	const char was = backend_state(state);
	struct core_node node;
	uint32_t at = 0;

	if (was == CONNECTED)
		return set_state(state, CONNECTED) ? NULL : state->path;
	if (was == CLOSING &&
	    (!set_state(state, CLOSED) || !backend_gets(state, CLOSED)))
		return state->path;
	if (!set_state(state, INITIALISING) || !backend_gets(state, WAITING))
		return state->path;
	while (xen_device_node_next(state, &at, &node))
		if (!ask_write(node.path, node.value))
			return node.path;
	if (!set_state(state, CONNECTED) || !backend_gets(state, CONNECTED))
		return state->path;
	return NULL;
}
