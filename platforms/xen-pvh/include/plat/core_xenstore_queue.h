/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-xenstore/include/plat/core_xenstore_queue.h. DO NOT EDIT. */
/*
 * Messages for Unikraft's client that wait for room in its ring. A guest that
 * computes does not read them, and the store has more to say meanwhile.
 */
#ifndef PLAT_CORE_XENSTORE_QUEUE_H
#define PLAT_CORE_XENSTORE_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

#include <plat/xenstore_ring.h>

/** Whether the longest message that the client can read finds room. */
bool core_queue_ready(void);

/**
 * Adds a message. One watch event stands for all that say the same and were not
 * read yet. One that is too long for the client's ring becomes an error that
 * says so: the client would wait for its end for ever.
 */
void core_queue_add(const struct xenstore_header *header, const char *payload);

/** Moves bytes into the ring while it has room. @return how many */
uint32_t core_queue_move(volatile struct xenstore_page *page);

#endif /* PLAT_CORE_XENSTORE_QUEUE_H */
