/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/xenstore/xenstore_calls.c. DO NOT EDIT. */
/*
 * What the platform asks of the store, and the watches that it set.
 */
#include <stddef.h>

#include <plat/text.h>
#include <plat/xenstore.h>
#include <plat/xenstore_parts.h>

#define WATCHES		8

static struct {
	const char *path;
	void (*changed)(void);
} watches[WATCHES];

static unsigned int watch_count;

/* A question that is longer than the ring would wait for room for ever. */
static bool ask(uint32_t type, const char *path, const char *text, bool ended,
		xenstore_answer answer, void *data)
{
	const size_t len = text_length(path) + text_length(text) + 2;

	return len <= XENSTORE_RING_SIZE - sizeof(struct xenstore_header) &&
	       xenstore_ask(type, path, text, ended, answer, data);
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

/* A watch's token is one digit, its place here. */
static bool ask_to_watch(unsigned int place)
{
	static const char tokens[WATCHES][2] = { "0", "1", "2", "3",
						 "4", "5", "6", "7" };

	return ask(XENSTORE_WATCH, watches[place].path, tokens[place], true,
		   NULL, NULL);
}

bool xenstore_watch(const char *path, void (*changed)(void))
{
	if (watch_count == WATCHES)
		return false;
	watches[watch_count].path = path;
	watches[watch_count].changed = changed;
	return ask_to_watch(watch_count++);
}

void xenstore_look_again(void)
{
	unsigned int i;

	for (i = 0; i < watch_count; i++)
		watches[i].changed();
}

void xenstore_watch_again(void)
{
	unsigned int i;

	for (i = 0; i < watch_count; i++)
		ask_to_watch(i);
}

/* A path and a token, each ended by a 0 */
const char *xenstore_watch_tell(const struct xenstore_ring *ring,
				const struct xenstore_rider *rider)
{
	const uint32_t len = ring->header.len;
	uint32_t token = 0, end;

	while (token < len && ring->payload[token++])
		;
	for (end = token; end < len && ring->payload[end]; end++)
		;
	if (end >= len)
		return "a watch event without its end";
	if (ring->payload[token] >= '0' && end == token + 1 &&
	    ring->payload[token] < (char)('0' + watch_count))
		watches[ring->payload[token] - '0'].changed();
	else if (rider)
		rider->event(&ring->header, ring->payload);
	return NULL;
}
