/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/events/include/plat/events_state.h. DO NOT EDIT. */
/*
 * What the files of this component know of ports.
 */
#ifndef PLAT_EVENTS_STATE_H
#define PLAT_EVENTS_STATE_H

#include <stdint.h>

#include <plat/events.h>

struct events_handler {
	event_handler call;
	void *data;
};

extern struct events_handler events_handlers[EVENTS_HANDLERS];

/* Which CPU a port is for: pending bits stand in the same words for all. */
extern uint8_t events_port_cpu[EVENTS_HANDLERS];

#endif /* PLAT_EVENTS_STATE_H */
