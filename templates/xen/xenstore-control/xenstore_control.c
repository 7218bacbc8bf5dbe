/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Control through our own client of the store: it works within the event's
 * interrupt, so a guest that computes obeys as well as one that sleeps.
 */
#include <stddef.h>

#include <plat/control.h>
#include <plat/control_words.h>
#include <plat/suspend_hooks.h>
#include <plat/xenstore.h>

/* An order is obeyed whether the acknowledgment was written or not. */
static void control_answered(void *data, enum xenstore_result result,
			     const char *value)
{
	const struct control_order *order = data;

	(void)result;
	(void)value;
	order->obey();
}

static void control_understand(void *data, enum xenstore_result result,
			       const char *word)
{
	const struct control_order *order;

	(void)data;
	if (result != XENSTORE_DONE)
		return;
	order = control_find(word);
	if (order && !xenstore_write(CONTROL_WORD, "", control_answered,
				     (void *)order))
		order->obey();
}

static void control_look(void)
{
	suspend_announce();
	xenstore_read(CONTROL_WORD, control_understand, NULL);
}

static void xenstore_control_start(void)
{
	const struct control_feature *f;

	if (!xenstore_connect())
		return;
	/* A toolstack that refuses these still writes its orders. */
	for (f = control_features; f->path; f++)
		xenstore_write(f->path, f->value, NULL, NULL);
	xenstore_watch(CONTROL_WORD, control_look);
	suspend_announce();
}

const struct control_source xenstore_control = {
	.name = "xenstore",
	.start = xenstore_control_start,
	.core_ends = control_no_deadline,
};
