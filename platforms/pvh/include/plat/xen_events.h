/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/events/include/plat/xen_events.h. DO NOT EDIT. */
/*
 * Source: Xen, public/event_channel.h and public/xen.h (virtual interrupts).
 */
#ifndef PLAT_XEN_EVENTS_H
#define PLAT_XEN_EVENTS_H

#include <stdint.h>

#define EVTCHNOP_BIND_INTERDOMAIN	0
#define EVTCHNOP_BIND_VIRQ		1
#define EVTCHNOP_CLOSE			3
#define EVTCHNOP_SEND			4
#define EVTCHNOP_ALLOC_UNBOUND		6
#define EVTCHNOP_BIND_IPI		7
#define EVTCHNOP_UNMASK			9

#define VIRQ_TIMER			0

struct evtchn_bind_interdomain {
	uint16_t remote_dom;
	uint32_t remote_port;
	uint32_t local_port;
};

struct evtchn_bind_virq {
	uint32_t virq;
	uint32_t vcpu;
	uint32_t port;
};

struct evtchn_bind_ipi {
	uint32_t vcpu;
	uint32_t port;
};

struct evtchn_alloc_unbound {
	uint16_t dom;
	uint16_t remote_dom;
	uint32_t port;
};

/* close, send and unmask take a port alone */
struct evtchn_port {
	uint32_t port;
};

_Static_assert(sizeof(struct evtchn_bind_interdomain) == 12,
	       "bind_interdomain size");
_Static_assert(sizeof(struct evtchn_bind_virq) == 12, "bind_virq size");
_Static_assert(sizeof(struct evtchn_alloc_unbound) == 8, "alloc_unbound size");

#endif /* PLAT_XEN_EVENTS_H */
