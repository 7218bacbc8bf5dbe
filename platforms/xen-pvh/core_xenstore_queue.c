/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-xenstore/core_xenstore_queue.c. DO NOT EDIT. */
#include <stddef.h>

#include <plat/console_note.h>
#include <plat/core_xenstore_queue.h>

#define HEADER		sizeof(struct xenstore_header)
#define TOO_LONG	"E2BIG"

/*
 * Besides what is ready for the longest message there is room for the short
 * ones that say that no answer will come.
 */
#define SHORT_ONES	512
#define QUEUE_SIZE	(4 * XENSTORE_RING_SIZE + SHORT_ONES)

/* Whole messages; of the first one, some bytes may be in the ring already. */
static char queue[QUEUE_SIZE];
static uint32_t used, moved;

static void copy(char *to, const char *from, uint32_t len)
{
	while (len--)
		*to++ = *from++;
}

static bool equal(const char *a, const char *b, uint32_t len)
{
	while (len && *a == *b) {
		a++;
		b++;
		len--;
	}
	return !len;
}

static struct xenstore_header header_at(uint32_t at)
{
	struct xenstore_header header;

	copy((char *)&header, queue + at, HEADER);
	return header;
}

bool core_queue_ready(void)
{
	return used <= QUEUE_SIZE - SHORT_ONES - XENSTORE_RING_SIZE;
}

static bool is_waiting(const struct xenstore_header *header,
		       const char *payload)
{
	struct xenstore_header other;
	uint32_t at;

	for (at = 0; at < used; at += (uint32_t)HEADER + other.len) {
		other = header_at(at);
		/* The first one may be half read: its news would be old. */
		if ((at || !moved) && other.type == header->type &&
		    other.len == header->len &&
		    equal(queue + at + HEADER, payload, header->len))
			return true;
	}
	return false;
}

void core_queue_add(const struct xenstore_header *header, const char *payload)
{
	struct xenstore_header h = *header;

	if (h.type == XENSTORE_WATCH_EVENT && is_waiting(&h, payload))
		return;
	if (h.len > XENSTORE_RING_SIZE - HEADER) {
		console_note("xenstore: a message is too long for Unikraft's client",
			     "");
		if (h.type == XENSTORE_WATCH_EVENT)
			return;
		h.type = XENSTORE_ERROR;
		h.len = sizeof(TOO_LONG);
		payload = TOO_LONG;
	}
	if (HEADER + h.len > QUEUE_SIZE - used) {
		console_note("xenstore: no room for a message to Unikraft's client",
			     "");
		return;
	}
	copy(queue + used, (const char *)&h, HEADER);
	copy(queue + used + HEADER, payload, h.len);
	used += (uint32_t)HEADER + h.len;
}

static void drop_first(uint32_t size)
{
	used -= size;
	moved = 0;
	copy(queue, queue + size, used);
}

uint32_t core_queue_move(volatile struct xenstore_page *page)
{
	const uint32_t begin = page->rsp_prod;
	const uint32_t cons = __atomic_load_n(&page->rsp_cons,
					      __ATOMIC_ACQUIRE);
	uint32_t prod = begin, size;

	while (used && prod - cons < XENSTORE_RING_SIZE) {
		size = (uint32_t)HEADER + header_at(0).len;
		while (moved < size && prod - cons < XENSTORE_RING_SIZE)
			page->rsp[prod++ % XENSTORE_RING_SIZE] = queue[moved++];
		if (moved == size)
			drop_first(size);
	}
	__atomic_store_n(&page->rsp_prod, prod, __ATOMIC_RELEASE);
	return prod - begin;
}
