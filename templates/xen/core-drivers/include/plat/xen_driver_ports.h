/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The event channels of Unikraft's drivers.
 */
#ifndef PLAT_XEN_DRIVER_PORTS_H
#define PLAT_XEN_DRIVER_PORTS_H

#include <stdbool.h>
#include <stdint.h>

#include <common/events.h>

#include <plat/events.h>

/* With one more, for the store's ring, which has no event channel */
#define DRIVER_PORTS	(EVENTS_HANDLERS + 1)

struct driver_port {
	evtchn_handler_t call;
	void *data;
	domid_t peer;
	bool offered;	/* made for the peer, which has been told its number */
};

extern struct driver_port driver_ports[DRIVER_PORTS];

/** Calls the handler of a port, as an event would. */
void driver_port_call(uint32_t port, void *data);

#endif /* PLAT_XEN_DRIVER_PORTS_H */
