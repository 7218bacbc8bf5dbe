/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/xenstore/xenstore_suspend.c. DO NOT EDIT. */
/*
 * The store of a new domain knows no watch, and an answer that is under way
 * when the guest is suspended never comes: questions get their answers before.
 * A store that does not answer is not waited for, and whoever asked is told so.
 */
#include <plat/clock.h>
#include <plat/hypervisor.h>
#include <plat/suspend.h>
#include <plat/xen_time.h>
#include <plat/xenstore_parts.h>

#define STORE_HAS_NSEC	(NSEC_PER_SEC / 2)

static void xenstore_suspend(void)
{
	const uint64_t until = xen_time_now() + STORE_HAS_NSEC;

	while (xenstore_link.connected && xenstore_any_under_way() &&
	       xen_time_now() < until) {
		hypervisor_yield();
		xenstore_read_on();
	}
}

/* One that was given up stays so: all have been told that there is none. */
static void xenstore_resume(bool lost)
{
	if (!lost || !xenstore_link.connected)
		return;
	xenstore_connect_again();
	xenstore_tell_silent();
	xenstore_watch_again();
}

const struct suspend_part xenstore_part = {
	.suspend = xenstore_suspend,
	.resume = xenstore_resume,
};
