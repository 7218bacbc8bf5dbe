/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-drivers/include/xen-compat/common/events.h. DO NOT EDIT. */
/*
 * Event channels under the names that Unikraft's drivers use.
 */
#ifndef XEN_COMPAT_EVENTS_H
#define XEN_COMPAT_EVENTS_H

#include <stdint.h>

#include <xen/xen.h>
#include <xen/event_channel.h>
#include <xen-x86/core.h>
#include <xen-x86/hypercall.h>

/* Drivers do not use the registers: NULL is passed. */
typedef void (*evtchn_handler_t)(evtchn_port_t port, XEN_CORE_REGS *regs,
				 void *data);

/** Sets the handler of a port that is there already. @return the port */
evtchn_port_t bind_evtchn(evtchn_port_t port, evtchn_handler_t handler,
			  void *data);
void unbind_evtchn(evtchn_port_t port);

/** @return 0 or -errno; the port stays masked */
int evtchn_alloc_unbound(domid_t domid, evtchn_handler_t handler, void *data,
			 evtchn_port_t *port);
int evtchn_bind_interdomain(domid_t domid, evtchn_port_t remote_port,
			    evtchn_handler_t handler, void *data,
			    evtchn_port_t *local_port);

void mask_evtchn(evtchn_port_t port);
void unmask_evtchn(evtchn_port_t port);
void clear_evtchn(evtchn_port_t port);
int notify_remote_via_evtchn(evtchn_port_t port);

#endif /* XEN_COMPAT_EVENTS_H */
