/* SPDX-License-Identifier: BSD-3-Clause */
#include <plat/text.h>
#include <plat/xenstore_ring.h>

#define HEADER	sizeof(struct xenstore_header)

void xenstore_ring_open(struct xenstore_ring *ring,
			volatile struct xenstore_page *page)
{
	ring->page = page;
	ring->req_prod = page->req_prod;
	ring->rsp_cons = page->rsp_prod;
	page->rsp_cons = ring->rsp_cons;
	ring->have = 0;
	ring->notify = false;
	ring->fault = NULL;
}

static void ring_put(struct xenstore_ring *ring, const char *bytes,
		     uint32_t len)
{
	while (len--)
		ring->page->req[ring->req_prod++ % XENSTORE_RING_SIZE] =
			*bytes++;
}

/* Whether this many bytes fit behind the requests that nobody has taken yet */
static bool ring_has_room(struct xenstore_ring *ring, uint32_t len)
{
	const uint32_t used =
		ring->req_prod - __atomic_load_n(&ring->page->req_cons,
						 __ATOMIC_ACQUIRE);

	if (used > XENSTORE_RING_SIZE)
		ring->fault = "request indices are out of range";
	return !ring->fault && len <= XENSTORE_RING_SIZE &&
	       used + HEADER + len <= XENSTORE_RING_SIZE;
}

static void ring_show(struct xenstore_ring *ring)
{
	__atomic_store_n(&ring->page->req_prod, ring->req_prod,
			 __ATOMIC_RELEASE);
}

bool xenstore_ring_put(struct xenstore_ring *ring, uint32_t type, uint32_t id,
		       const char *path, const char *text, bool ended)
{
	const uint32_t path_len = (uint32_t)text_length(path) + 1;
	const uint32_t text_len = (uint32_t)text_length(text) + ended;
	const struct xenstore_header header = {
		.type = type, .id = id, .len = path_len + text_len,
	};

	if (!ring_has_room(ring, header.len))
		return false;
	ring_put(ring, (const char *)&header, HEADER);
	ring_put(ring, path, path_len);
	ring_put(ring, text, text_len);
	ring_show(ring);
	return true;
}

bool xenstore_ring_put_message(struct xenstore_ring *ring,
			       const struct xenstore_header *header,
			       const char *payload)
{
	if (!ring_has_room(ring, header->len))
		return false;
	ring_put(ring, (const char *)header, HEADER);
	ring_put(ring, payload, header->len);
	ring_show(ring);
	return true;
}

/* Whether the header has come, and as much payload as it says */
static bool ring_is_whole(const struct xenstore_ring *ring)
{
	return ring->have >= HEADER && ring->have == HEADER + ring->header.len;
}

static void ring_take(struct xenstore_ring *ring)
{
	const char byte =
		ring->page->rsp[ring->rsp_cons++ % XENSTORE_RING_SIZE];

	if (ring->have < HEADER)
		((char *)&ring->header)[ring->have++] = byte;
	else
		ring->payload[ring->have++ - HEADER] = byte;
	if (ring->have == HEADER && ring->header.len > XENSTORE_PAYLOAD_MAX)
		ring->fault = "a message is too long";
}

bool xenstore_ring_get(struct xenstore_ring *ring)
{
	const uint32_t begin = ring->rsp_cons;
	const uint32_t prod = __atomic_load_n(&ring->page->rsp_prod,
					      __ATOMIC_ACQUIRE);

	if (prod - begin > XENSTORE_RING_SIZE)
		ring->fault = "answer indices are out of range";
	if (ring_is_whole(ring))
		ring->have = 0;
	while (!ring->fault && ring->rsp_cons != prod && !ring_is_whole(ring))
		ring_take(ring);
	if (ring->rsp_cons != begin) {
		__atomic_store_n(&ring->page->rsp_cons, ring->rsp_cons,
				 __ATOMIC_SEQ_CST);
		/* Did it find the ring full before that? */
		if (ring->page->rsp_prod - begin >= XENSTORE_RING_SIZE)
			ring->notify = true;
	}
	if (ring->fault || !ring_is_whole(ring))
		return false;
	ring->payload[ring->header.len] = '\0';
	return true;
}
