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
#include <plat/events.h>
#include <plat/hvm_params.h>
#include <plat/hypercall.h>

static struct {
	evtchn_handler_t call;
	void *data;
} drivers[EVENTS_HANDLERS];

static void to_driver(uint32_t port, void *data __unused)
{
	drivers[port].call(port, NULL, drivers[port].data);
	core_note_work();
}

evtchn_port_t bind_evtchn(evtchn_port_t port, evtchn_handler_t handler,
			  void *data)
{
	UK_ASSERT(port < EVENTS_HANDLERS);
	drivers[port].call = handler;
	drivers[port].data = data;
	events_set_handler(port, handler ? to_driver : NULL, NULL);
	return port;
}

void unbind_evtchn(evtchn_port_t port)
{
	events_close(port);
}

int evtchn_alloc_unbound(domid_t domid, evtchn_handler_t handler, void *data,
			 evtchn_port_t *port)
{
	long rc = events_alloc_unbound(domid, NULL, NULL);

	if (rc < 0)
		return (int)rc;
	*port = bind_evtchn((evtchn_port_t)rc, handler, data);
	return 0;
}

int evtchn_bind_interdomain(domid_t domid, evtchn_port_t remote_port,
			    evtchn_handler_t handler, void *data,
			    evtchn_port_t *local_port)
{
	long rc = events_bind_interdomain(domid, remote_port, NULL, NULL);

	if (rc < 0)
		return (int)rc;
	*local_port = bind_evtchn((evtchn_port_t)rc, handler, data);
	return 0;
}

void mask_evtchn(evtchn_port_t port)
{
	events_mask(port);
}

void unmask_evtchn(evtchn_port_t port)
{
	events_unmask(port);
}

void clear_evtchn(evtchn_port_t port)
{
	events_clear(port);
}

int notify_remote_via_evtchn(evtchn_port_t port)
{
	return (int)events_send(port);
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

	if (info.store_mfn)
		return &info;
	info.store_mfn = hvm_param_get(HVM_PARAM_STORE_PFN);
	info.store_evtchn = (uint32_t)hvm_param_get(HVM_PARAM_STORE_EVTCHN);
	info.console.domU.mfn = hvm_param_get(HVM_PARAM_CONSOLE_PFN);
	info.console.domU.evtchn =
		(uint32_t)hvm_param_get(HVM_PARAM_CONSOLE_EVTCHN);
	if (!info.store_mfn || !info.store_evtchn)
		core_crash("Xen: this image's drivers need xenstore, and there is none");
	return &info;
}
