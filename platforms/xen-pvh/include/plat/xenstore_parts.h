/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/xenstore/include/plat/xenstore_parts.h. DO NOT EDIT. */
/*
 * Between the files of the client, and for whoever else uses its connection:
 * a guest has one, and some cores bring a client of their own.
 */
#ifndef PLAT_XENSTORE_PARTS_H
#define PLAT_XENSTORE_PARTS_H

#include <plat/xenstore.h>
#include <plat/xenstore_ring.h>

/* Another client that rides on this connection; called with interrupts off */
struct xenstore_rider {
	/* Whether it can take a message: if not, none is read from the ring */
	bool (*ready)(void);
	/* A watch event that is not ours */
	void (*event)(const struct xenstore_header *header,
		      const char *payload);
	/* Something has changed: more can be sent, or nothing any more */
	void (*after)(void);
};

struct xenstore_link {
	struct xenstore_ring ring;
	const struct xenstore_rider *rider;
	uint32_t port;
	bool connected;
	bool silent;	/* it has not answered in time, and nothing since */
};

extern struct xenstore_link xenstore_link;

/** Sends a question of this platform; see xenstore.h. */
bool xenstore_ask(uint32_t type, const char *path, const char *text, bool ended,
		  xenstore_answer answer, void *data);

/** Sends what the ring had no room for. */
void xenstore_send_waiting(void);

/** Uses the store no more, and says why. */
void xenstore_give_up(const char *why);

/** Tells all who wait that no answer will come. */
void xenstore_tell_broken(void);

/** Whether an answer is due. */
bool xenstore_any_under_way(void);

/** Forgets all questions; tells all who wait that the store is silent. */
void xenstore_tell_silent(void);

/** Sets all watches of this platform once more. */
void xenstore_watch_again(void);

/**
 * The store answers again: an owner of a watch may have asked what has changed
 * and heard nothing.
 */
void xenstore_look_again(void);

/* What has come is told to whom it concerns. @return what is wrong, or NULL */
const char *xenstore_take_answer(const struct xenstore_ring *ring);
const char *xenstore_watch_tell(const struct xenstore_ring *ring,
				const struct xenstore_rider *rider);

/** Carries another client's messages from now on. */
void xenstore_carry(const struct xenstore_rider *rider);

/**
 * Sends another client's message under a number of our own; interrupts are off.
 * While its answer is told, the ring's header shows it.
 * @return false if it cannot be sent now: the answer is not called
 */
bool xenstore_pass(const struct xenstore_header *header, const char *payload,
		   xenstore_answer answer, void *data);

/** Reads on after the rider was not ready; interrupts are off. */
void xenstore_read_on(void);

/** Opens the ring of a store that knows nothing of this guest. */
void xenstore_connect_again(void);

#endif /* PLAT_XENSTORE_PARTS_H */
