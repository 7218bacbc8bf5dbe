/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-drivers/include/plat/xen_devices.h. DO NOT EDIT. */
/*
 * Devices of Unikraft's drivers that go with the guest into a new domain. The
 * driver does not know: it finds its rings, grants and event channels as they
 * were, behind another backend.
 */
#ifndef PLAT_XEN_DEVICES_H
#define PLAT_XEN_DEVICES_H

#include <stdbool.h>
#include <stdint.h>

#include <plat/core_nodes.h>

/**
 * Goes through the connected devices that can be carried over; `state` is the
 * node with a device's state. `at` begins with 0.
 * @return false after the last one
 */
bool xen_device_next(uint32_t *at, struct core_node *state);

/** Goes through the nodes of one of them, without its state. */
bool xen_device_node_next(const struct core_node *state, uint32_t *at,
			  struct core_node *node);

/** Whether one of these devices has told its backend this event channel. */
bool xen_device_has_port(uint32_t port);

/** Whether its backend has answered all requests, within some seconds. */
bool xen_device_idle(const struct core_node *state);

/** Has the backend let go. @return NULL or what fails */
const char *xen_device_close(const struct core_node *state);

/**
 * Connects it to the backend of this domain, which may have let go, or never
 * heard that it should. @return NULL or what fails
 */
const char *xen_device_open(const struct core_node *state);

#if CONFIG_LIBXENBUS
/** Keeps what the grant table holds, and puts it into an empty one. */
void xen_grants_keep(void);
void xen_grants_put(void);

/** Whether the table is larger than what can be kept. */
bool xen_grants_overflow(void);

/** The page that a grant shares, NULL if there is no such grant. */
volatile void *xen_grant_page_at(uint32_t ref);
#else /* !CONFIG_LIBXENBUS */
static inline void xen_grants_keep(void) {}

static inline void xen_grants_put(void) {}

static inline bool xen_grants_overflow(void)
{
	return false;
}

static inline volatile void *xen_grant_page_at(uint32_t ref)
{
	(void)ref;
	return 0;
}
#endif /* !CONFIG_LIBXENBUS */

#endif /* PLAT_XEN_DEVICES_H */
