/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Messages to and from xenstore, as bytes in a page that the store can write as
 * well. Nothing in it is trusted: the guest keeps its indices elsewhere, and a
 * message is used only when it is whole and its size is possible.
 * Source: Xen, public/io/xs_wire.h and docs/misc/xenstore.txt.
 */
#ifndef PLAT_XENSTORE_RING_H
#define PLAT_XENSTORE_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define XENSTORE_RING_SIZE	1024
#define XENSTORE_PAYLOAD_MAX	4096

enum xenstore_type {
	XENSTORE_READ = 2,
	XENSTORE_WATCH = 4,
	XENSTORE_UNWATCH = 5,
	XENSTORE_WRITE = 11,
	XENSTORE_REMOVE = 13,
	XENSTORE_WATCH_EVENT = 15,
	XENSTORE_ERROR = 16,
};

struct xenstore_header {
	uint32_t type;
	uint32_t id;
	uint32_t transaction;
	uint32_t len;
};

/* Indices run freely and wrap; each side writes its own two. */
struct xenstore_page {
	char req[XENSTORE_RING_SIZE];
	char rsp[XENSTORE_RING_SIZE];
	uint32_t req_cons, req_prod;
	uint32_t rsp_cons, rsp_prod;
};

_Static_assert(sizeof(struct xenstore_header) == 16, "xenstore header");
_Static_assert(offsetof(struct xenstore_page, req_cons) == 2048,
	       "xenstore ring req_cons");
_Static_assert(offsetof(struct xenstore_page, rsp_prod) == 2060,
	       "xenstore ring rsp_prod");

/* One connection, with the message that is just coming in */
struct xenstore_ring {
	volatile struct xenstore_page *page;
	uint32_t req_prod, rsp_cons;
	uint32_t have;			/* bytes of the message so far */
	struct xenstore_header header;
	char payload[XENSTORE_PAYLOAD_MAX + 1];	/* we end it by a 0 */
	bool notify;			/* the other end waits for room */
	const char *fault;		/* what is wrong with it, or NULL */
};

/** Begins a connection; drops what an earlier user of the page left. */
void xenstore_ring_open(struct xenstore_ring *ring,
			volatile struct xenstore_page *page);

/**
 * Puts a request into the ring: the header, both texts and, with `ended`, the
 * 0 behind the second. @return false if there is no room, or a fault
 */
bool xenstore_ring_put(struct xenstore_ring *ring, uint32_t type, uint32_t id,
		       const char *path, const char *text, bool ended);

/** The same for a message that is made already: `header->len` bytes follow. */
bool xenstore_ring_put_message(struct xenstore_ring *ring,
			       const struct xenstore_header *header,
			       const char *payload);

/** Takes what came. @return true if there is a whole message to look at */
bool xenstore_ring_get(struct xenstore_ring *ring);

#endif /* PLAT_XENSTORE_RING_H */
