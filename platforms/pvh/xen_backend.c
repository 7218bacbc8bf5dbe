/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-drivers/xen_backend.c. DO NOT EDIT. */
/*
 * What Unikraft's frontends leave out. They are compiled to call these
 * functions instead of those of libxenbus:
 *
 * xen_backend_wait() for uk_xenbus_wait_for_state_change(), which waits forever
 * for a backend that never answers;
 *
 * xen_disk_switch_state() for uk_xenbus_switch_state(): a disk's frontend that
 * does not say which layout its ring has is taken for a 32-bit one by Linux.
 * Source: Xen, public/io/blkif.h (protocol) and public/io/protocols.h
 */
#include <errno.h>
#include <stdint.h>

#include <uk/arch/spinlock.h>
#include <uk/errptr.h>
#include <uk/plat/time.h>
#include <uk/wait.h>
#include <uk/xenbus/client.h>
#include <uk/xenbus/xs.h>
#include <xen/io/protocols.h>

#include <plat/core.h>

#define PATIENCE_NSEC	10000000000ULL

int xen_backend_wait(const char *path, XenbusState *state,
		     struct xenbus_watch *watch);
int xen_disk_switch_state(xenbus_transaction_t xbt, struct xenbus_device *dev,
			  XenbusState state);

/* Takes one event of the watch, if one comes before `deadline`. */
static int wait_event(struct xenbus_watch *watch, __nsec deadline)
{
	int got;

	uk_waitq_wait_event_deadline(&watch->wq, watch->pending_events > 0,
				     deadline);
	ukarch_spin_lock(&watch->lock);
	got = watch->pending_events > 0;
	watch->pending_events -= got;
	ukarch_spin_unlock(&watch->lock);
	return got;
}

static int wait_change(const char *path, XenbusState *state,
		       struct xenbus_watch *watch)
{
	const __nsec deadline = ukplat_monotonic_clock() + PATIENCE_NSEC;
	int rc, now;

	for (;;) {
		rc = xs_read_integer(XBT_NIL, path, &now);
		if (rc)
			return rc;
		if (now != (int)*state) {
			*state = (XenbusState)now;
			return 0;
		}
		if (!wait_event(watch, deadline) &&
		    ukplat_monotonic_clock() >= deadline) {
			core_error("Xen: %s stays at %s, no backend serves this device",
				   path, uk_xenbus_state_to_str(*state));
			return -ETIMEDOUT;
		}
	}
}

int xen_backend_wait(const char *path, XenbusState *state,
		     struct xenbus_watch *watch)
{
	struct xenbus_watch *own = NULL;
	int rc;

	if (!watch) {
		own = xs_watch_path(XBT_NIL, path);
		if (PTRISERR(own))
			return PTR2ERR(own);
	}
	rc = wait_change(path, state, own ? own : watch);
	if (own)
		xs_unwatch(XBT_NIL, own);
	return rc;
}

int xen_disk_switch_state(xenbus_transaction_t xbt, struct xenbus_device *dev,
			  XenbusState state)
{
	int rc;

	if (state == XenbusStateConnected) {
		rc = xs_printf(xbt, dev->nodename, "protocol", "%s",
			       XEN_IO_PROTO_ABI_X86_64);
		if (rc < 0)
			return rc;
	}
	return uk_xenbus_switch_state(xbt, dev, state);
}
