/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/xenstore-control/control_words.c.j2 and platforms/pvh.yaml. DO NOT EDIT. */
#include <stddef.h>

#include <plat/console_note.h>
#include <plat/control.h>
#include <plat/control_words.h>
#include <plat/event_timer.h>
#include <plat/suspend.h>
#include <plat/text.h>
#include <plat/x86.h>

/* Unikraft ends the guest in a thread, which may need some time */
#define CORE_BEGINS_NSEC	500000000UL

const struct control_feature control_features[] = {
	{ "control/feature-poweroff", "1" },
	{ "control/feature-reboot", "1" },
	{ "control/feature-suspend", "1" },
	{ NULL, NULL },
};

static enum power_end asked;

static void core_does_nothing(void)
{
	console_note("control: Unikraft did not end the guest", "");
	power_end(asked);
}

static struct event_timer deadline = { .call = core_does_nothing };

static void end(enum power_end how)
{
	const uint64_t flags = irq_save();

	asked = how;
	if (!core_begin_end(asked))
		power_end(asked);
	event_timer_set(&deadline, CORE_BEGINS_NSEC);
	irq_restore(flags);
}

static void end_off(void)
{
	end(POWER_OFF);
}

static void end_reboot(void)
{
	end(POWER_REBOOT);
}

static const struct control_order orders[] = {
	{ "poweroff", end_off, NULL },
	{ "halt", end_off, NULL },
	{ "reboot", end_reboot, NULL },
	{ "suspend", suspend_request, suspend_obstacle },
	{ NULL, NULL, NULL },
};

const struct control_order *control_find(const char *word)
{
	const struct control_order *order;
	const char *why;

	for (order = orders; order->word; order++) {
		if (!text_equal(word, order->word))
			continue;
		why = order->obstacle ? order->obstacle() : NULL;
		if (!why)
			return order;
		console_note("control: this guest cannot be saved: ", why);
		return NULL;
	}
	/* An empty word acknowledges an order, or says that there is none. */
	if (word[0])
		console_note("control: this guest cannot obey: ", word);
	return NULL;
}

void control_no_deadline(void)
{
	event_timer_stop(&deadline);
}

void control_deadline_again(void)
{
	if (deadline.at)
		event_timer_set(&deadline, CORE_BEGINS_NSEC);
}
