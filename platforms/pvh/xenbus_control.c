/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/xenbus-control/xenbus_control.c. DO NOT EDIT. */
/*
 * Control where Unikraft's own client has the store's ring. That client is a
 * thread, and so is this: a guest that never yields hears nothing.
 */
#include <stdlib.h>

#include <uk/errptr.h>
#include <uk/init.h>
#include <uk/sched.h>
#include <uk/xenbus/client.h>
#include <uk/xenbus/xs.h>

#include <plat/control.h>
#include <plat/control_words.h>
#include <plat/core.h>
#include <plat/xen_guest.h>

static void xenbus_announce(void)
{
	const struct control_feature *f;
	int rc;

	/* A toolstack that refuses these still writes its orders. */
	for (f = control_features; f->path; f++) {
		rc = xs_write(XBT_NIL, f->path, NULL, f->value);
		if (rc)
			core_log("control: writing %s failed with %d", f->path,
				 rc);
	}
}

static void xenbus_look(void)
{
	const struct control_order *order;
	char *word = xs_read(XBT_NIL, CONTROL_WORD, NULL);

	if (!word || PTRISERR(word))
		return;
	order = control_find(word);
	free(word);
	if (!order)
		return;
	xs_write(XBT_NIL, CONTROL_WORD, NULL, "");
	control_obey(order);
}

static __noreturn void xenbus_listen(void *arg __unused)
{
	struct xenbus_watch *watch = xs_watch_path(XBT_NIL, CONTROL_WORD);

	if (PTRISERR(watch)) {
		core_error("control: watching %s failed with %d", CONTROL_WORD,
			   PTR2ERR(watch));
		uk_sched_thread_exit();
	}
	xenbus_announce();
	for (;;) {
		xenbus_look();
		uk_xenbus_watch_wait_event(watch);
	}
}

static int xenbus_start_listening(struct uk_init_ctx *ctx __unused)
{
	struct uk_sched *sched = uk_sched_current();
	struct uk_thread *t;

	/* No Xen, no bus */
	if (!is_xen_guest())
		return 0;
	t = uk_sched_thread_create(sched, xenbus_listen, NULL, "control");
	return PTRISERR(t) ? PTR2ERR(t) : 0;
}

/* The bus has been probed by then. */
uk_late_initcall(xenbus_start_listening, 0);

static void xenbus_control_start(void)
{
}

const struct control_source xenstore_control = {
	.name = "xenbus",
	.start = xenbus_control_start,
	.core_ends = control_no_deadline,
};
