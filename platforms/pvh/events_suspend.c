/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/events/events_suspend.c. DO NOT EDIT. */
/*
 * In a new domain all ports are gone but those of console and store, which have
 * new numbers. Every owner binds again: no handler is kept, and no CPU either,
 * since a number may belong to something else now.
 */
#include <stddef.h>

#include <plat/core.h>
#include <plat/events.h>
#include <plat/events_state.h>
#include <plat/suspend.h>

static void events_resume(bool lost)
{
	uint32_t port;

	if (!lost)
		return;
	for (port = 0; port < EVENTS_HANDLERS; port++) {
		events_set_handler(port, NULL, NULL);
		events_port_cpu[port] = 0;
	}
	events_delivery_set(0);
}

static void events_resume_cpu(bool lost)
{
	if (lost)
		events_delivery_set(core_cpu());
}

const struct suspend_part events_part = {
	.resume = events_resume,
	.resume_cpu = events_resume_cpu,
};
