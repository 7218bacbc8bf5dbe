/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/xenstore-control/control_words.c. DO NOT EDIT. */
#include <stddef.h>

#include <plat/console_note.h>
#include <plat/control.h>
#include <plat/control_words.h>
#include <plat/event_timer.h>
#include <plat/text.h>
#include <plat/x86.h>

/* Unikraft ends the guest in a thread, which may need some time */
#define CORE_BEGINS_NSEC	500000000UL

const struct control_feature control_features[] = {
	{ "control/feature-poweroff", "1" },
	{ "control/feature-reboot", "1" },
	{ "control/feature-suspend", "0" },
	{ NULL, NULL },
};

static const struct control_order orders[] = {
	{ "poweroff", POWER_OFF },
	{ "halt", POWER_OFF },
	{ "reboot", POWER_REBOOT },
	{ NULL, POWER_OFF },
};

static enum power_end asked;

const struct control_order *control_find(const char *word)
{
	const struct control_order *order;

	for (order = orders; order->word; order++)
		if (text_equal(word, order->word))
			return order;
	/* An empty word acknowledges an order, or says that there is none. */
	if (word[0])
		console_note("control: this guest cannot obey: ", word);
	return NULL;
}

static void core_does_nothing(void)
{
	console_note("control: Unikraft did not end the guest", "");
	power_end(asked);
}

static struct event_timer deadline = { .call = core_does_nothing };

void control_obey(const struct control_order *order)
{
	const uint64_t flags = irq_save();

	asked = order->how;
	if (!core_begin_end(asked))
		power_end(asked);
	event_timer_set(&deadline, CORE_BEGINS_NSEC);
	irq_restore(flags);
}

void control_no_deadline(void)
{
	event_timer_stop(&deadline);
}
