/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-drivers/xen_drivers.c. DO NOT EDIT. */
/*
 * What Unikraft's Xen drivers call, on top of this platform's own events and
 * hypercalls.
 */
#include <stddef.h>

#include <uk/assert.h>
#include <common/events.h>
#include <xen-x86/setup.h>

#include <plat/core.h>
#include <plat/core_xenstore.h>
#include <plat/events.h>
#include <plat/hvm_params.h>
#include <plat/hypercall.h>
#include <plat/suspend_hooks.h>
#include <plat/x86.h>
#include <plat/xen_driver_ports.h>

struct driver_port driver_ports[DRIVER_PORTS];

_Static_assert(CORE_XENSTORE_PORT == EVENTS_HANDLERS, "the store's port");

void driver_port_call(uint32_t port, void *data __unused)
{
	driver_ports[port].call(port, NULL, driver_ports[port].data);
	core_note_work();
}

static void to_store_driver(void)
{
	driver_port_call(CORE_XENSTORE_PORT, NULL);
}

evtchn_port_t bind_evtchn(evtchn_port_t port, evtchn_handler_t handler,
			  void *data)
{
	UK_ASSERT(port < DRIVER_PORTS);
	driver_ports[port].call = handler;
	driver_ports[port].data = data;
	if (port == CORE_XENSTORE_PORT) {
		core_xenstore_listen(handler ? to_store_driver : NULL);
		return port;
	}
	events_set_handler(port, handler ? driver_port_call : NULL, NULL);
	suspend_announce();
	return port;
}

void unbind_evtchn(evtchn_port_t port)
{
	driver_ports[port].offered = false;
	bind_evtchn(port, NULL, NULL);
	if (port != CORE_XENSTORE_PORT)
		events_close(port);
}

int evtchn_alloc_unbound(domid_t domid, evtchn_handler_t handler, void *data,
			 evtchn_port_t *port)
{
	const uint64_t flags = irq_save();
	long rc = events_alloc_unbound(domid, NULL, NULL);

	UK_ASSERT(rc < EVENTS_HANDLERS);
	if (rc >= 0) {
		/* Before the guest can be suspended: it would lose the port. */
		driver_ports[rc] = (struct driver_port){
			.call = handler, .data = data,
			.peer = domid, .offered = true,
		};
		*port = (evtchn_port_t)rc;
		events_set_handler(*port, handler ? driver_port_call : NULL,
				   NULL);
	}
	irq_restore(flags);
	return rc < 0 ? (int)rc : 0;
}

int evtchn_bind_interdomain(domid_t domid, evtchn_port_t remote_port,
			    evtchn_handler_t handler, void *data,
			    evtchn_port_t *local_port)
{
	const uint64_t flags = irq_save();
	long rc = events_bind_interdomain(domid, remote_port, NULL, NULL);

	if (rc >= 0)
		*local_port = bind_evtchn((evtchn_port_t)rc, handler, data);
	irq_restore(flags);
	return rc < 0 ? (int)rc : 0;
}

/* Of the store's ring nothing is lost while nobody listens. */
void mask_evtchn(evtchn_port_t port)
{
	if (port != CORE_XENSTORE_PORT)
		events_mask(port);
}

void unmask_evtchn(evtchn_port_t port)
{
	if (port == CORE_XENSTORE_PORT)
		core_xenstore_look();
	else
		events_unmask(port);
}

void clear_evtchn(evtchn_port_t port)
{
	if (port != CORE_XENSTORE_PORT)
		events_clear(port);
}

int notify_remote_via_evtchn(evtchn_port_t port)
{
	if (port != CORE_XENSTORE_PORT)
		return (int)events_send(port);
	core_xenstore_look();
	return 0;
}

int HYPERVISOR_event_channel_op(int op, void *arg)
{
	return (int)hypercall2(HYPERCALL_EVENT_CHANNEL_OP, (uint64_t)op,
			       (uint64_t)arg);
}

int HYPERVISOR_grant_table_op(unsigned int op, void *arg, unsigned int count)
{
	return (int)hypercall3(HYPERCALL_GRANT_TABLE_OP, op, (uint64_t)arg,
			       count);
}

int HYPERVISOR_memory_op(unsigned int op, void *arg)
{
	return (int)hypercall2(HYPERCALL_MEMORY_OP, op, (uint64_t)arg);
}

int HYPERVISOR_console_io(int op, int count, char *text)
{
	return (int)hypercall3(HYPERCALL_CONSOLE_IO, (uint64_t)op,
			       (uint64_t)count, (uint64_t)text);
}

start_info_t *xen_start_info(void)
{
	static start_info_t info;

	if (info.store_evtchn)
		return &info;
	info.store_mfn = core_xenstore_open() >> PAGE_SHIFT;
	info.store_evtchn = CORE_XENSTORE_PORT;
	info.console.domU.mfn = hvm_param_get(HVM_PARAM_CONSOLE_PFN);
	info.console.domU.evtchn =
		(uint32_t)hvm_param_get(HVM_PARAM_CONSOLE_EVTCHN);
	return &info;
}
