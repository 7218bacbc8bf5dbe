/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-xenstore/include/plat/core_xenstore.h. DO NOT EDIT. */
/*
 * Unikraft's client of xenstore talks to a ring as if the store were at its
 * other end. That ring is ours: its messages travel over the platform's own
 * connection, which works within interrupts. So the platform hears the host
 * whatever Unikraft's threads do, and neither client knows of the other.
 */
#ifndef PLAT_CORE_XENSTORE_H
#define PLAT_CORE_XENSTORE_H

#include <stdbool.h>
#include <stdint.h>

#include <plat/events.h>

/* No event channel has this number: it stands for the end of our ring. */
#define CORE_XENSTORE_PORT	EVENTS_HANDLERS

#if CONFIG_LIBXENBUS
/** Opens the ring; stops the guest if there is no store. @return its address */
uint64_t core_xenstore_open(void);

/** Calls `wake` with interrupts off when something has come; NULL: no more. */
void core_xenstore_listen(void (*wake)(void));

/** Looks for requests in the ring, and for room for answers. */
void core_xenstore_look(void);
#else /* !CONFIG_LIBXENBUS */
static inline uint64_t core_xenstore_open(void)
{
	return 0;
}

static inline void core_xenstore_listen(void (*wake)(void))
{
	(void)wake;
}

static inline void core_xenstore_look(void)
{
}
#endif /* !CONFIG_LIBXENBUS */

#endif /* PLAT_CORE_XENSTORE_H */
