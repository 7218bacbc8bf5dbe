/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-drivers/xen_drivers_suspend.c. DO NOT EDIT. */
/*
 * Unikraft's drivers know nothing of a new domain, where their rings and event
 * channels are gone. As long as one has a channel, the guest is not saved.
 */
#include <stddef.h>

#include <plat/suspend.h>
#include <plat/suspend_hooks.h>

static int channels;

void core_channels_add(int more)
{
	channels += more;
	suspend_announce();
}

static const char *core_drivers_obstacle(void)
{
	return channels > 0 ? "a driver of Unikraft is connected to another domain"
			    : NULL;
}

const struct suspend_part core_drivers_part = {
	.obstacle = core_drivers_obstacle,
};
