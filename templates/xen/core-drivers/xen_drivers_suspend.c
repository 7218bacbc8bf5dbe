/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Unikraft's drivers know nothing of a new domain. Network and disk go there
 * without noticing: their backends let go before, and find the same rings,
 * grants and event channels afterwards. As long as a driver has a channel that
 * is not one of these, the guest is not saved; neither if a backend is not in
 * dom0: a driver domain may have another number afterwards, or this number be
 * another domain's.
 */
#include <stddef.h>

#include <plat/console_note.h>
#include <plat/core.h>
#include <plat/events.h>
#include <plat/suspend.h>
#include <plat/suspend_hooks.h>
#include <plat/xen_devices.h>
#include <plat/xen_driver_ports.h>

static bool masked[EVENTS_HANDLERS], filler[EVENTS_HANDLERS];
static unsigned int closed;

static bool is_offered(uint32_t port)
{
	return driver_ports[port].offered;
}

static bool is_stuck(uint32_t port)
{
	if (!is_offered(port))
		return driver_ports[port].call != NULL;
	return driver_ports[port].peer || !xen_device_has_port(port);
}

static const char *core_drivers_obstacle(void)
{
	uint32_t port;

	if (core_nodes_overflow() || xen_grants_overflow())
		return "Unikraft's drivers have too many devices";
	for (port = 0; port < EVENTS_HANDLERS; port++)
		if (is_stuck(port))
			return "a driver of Unikraft is connected to another domain";
	return NULL;
}

static const char *core_drivers_prepare(void)
{
	struct core_node state;
	const char *why = NULL;
	uint32_t at = 0;

	closed = 0;
	while (xen_device_next(&at, &state))
		if (!xen_device_idle(&state))
			return "a disk does not answer";
	for (at = 0; !why && xen_device_next(&at, &state); closed++)
		why = xen_device_close(&state);
	return why;
}

static void core_drivers_suspend(void)
{
	uint32_t port;

	xen_grants_keep();
	for (port = 0; port < EVENTS_HANDLERS; port++)
		masked[port] = is_offered(port) && events_masked(port);
}

/*
 * Drivers keep the numbers of their channels. Xen gives the lowest one that is
 * free, so those in front of it are taken for a moment.
 */
static void offer_again(uint32_t port)
{
	long got;

	do {
		got = events_alloc_unbound(driver_ports[port].peer, NULL, NULL);
		if (got < 0 || got > port)
			core_crash("suspend: event channel %u of a driver is taken (%ld)",
				   port, got);
		filler[got] = got != port;
	} while (got != port);
	if (driver_ports[port].call)
		events_set_handler(port, driver_port_call, NULL);
	if (!masked[port])
		events_unmask(port);
}

static void core_drivers_resume(bool lost)
{
	uint32_t port;

	if (!lost)
		return;
	xen_grants_put();
	for (port = 0; port < EVENTS_HANDLERS; port++)
		if (is_offered(port))
			offer_again(port);
	for (port = 0; port < EVENTS_HANDLERS; port++) {
		if (filler[port])
			events_close(port);
		filler[port] = false;
	}
}

/* What either side has done meanwhile, it has told nobody. */
static void wake_both(uint32_t port)
{
	events_send(port);
	if (driver_ports[port].call && !events_masked(port))
		driver_port_call(port, NULL);
}

static void core_drivers_resumed(bool lost)
{
	struct core_node state;
	const char *why;
	uint32_t at = 0, port;

	(void)lost;
	for (; closed && xen_device_next(&at, &state); closed--) {
		why = xen_device_open(&state);
		if (why)
			console_note("suspend: a device does not come back: ",
				     why);
	}
	for (port = 0; port < EVENTS_HANDLERS; port++)
		if (is_offered(port))
			wake_both(port);
}

const struct suspend_part core_drivers_part = {
	.prepare = core_drivers_prepare,
	.suspend = core_drivers_suspend,
	.resume = core_drivers_resume,
	.resumed = core_drivers_resumed,
	.obstacle = core_drivers_obstacle,
};
