/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/balloon/balloon_target.c. DO NOT EDIT. */
/*
 * What the host says, heard within interrupts. The work is done elsewhere.
 * Source: Xen, docs/misc/xenstore-paths.pandoc (memory/).
 */
#include <stddef.h>

#include <plat/balloon.h>
#include <plat/control.h>
#include <plat/event_timer.h>
#include <plat/xenstore.h>

#define MAXIMUM		"memory/static-max"
#define TARGET		"memory/target"
#define LATER_NSEC	10000000000UL

uint64_t balloon_max;

static uint64_t target;
static bool heard;

static uint64_t kib(const char *text)
{
	uint64_t n = 0;

	for (; *text >= '0' && *text <= '9' && n < UINT64_MAX / 16; text++)
		n = n * 10 + (uint64_t)(*text - '0');
	return *text ? 0 : n;
}

bool balloon_heard(uint64_t *now)
{
	if (!__atomic_exchange_n(&heard, false, __ATOMIC_ACQUIRE))
		return false;
	*now = __atomic_load_n(&target, __ATOMIC_RELAXED);
	return true;
}

static void look_again(void)
{
	__atomic_store_n(&heard, true, __ATOMIC_RELEASE);
	balloon_core_wake();
}

static void take_target(void *data, enum xenstore_result result,
			const char *value)
{
	(void)data;
	if (result != XENSTORE_DONE || !kib(value))
		return;
	__atomic_store_n(&target, kib(value), __ATOMIC_RELAXED);
	look_again();
}

static void take_max(void *data, enum xenstore_result result,
		     const char *value)
{
	(void)data;
	if (result != XENSTORE_DONE || !kib(value))
		return;
	balloon_max = kib(value);
	xenstore_read(TARGET, take_target, NULL);
}

static void look(void)
{
	if (balloon_max)
		xenstore_read(TARGET, take_target, NULL);
	else
		xenstore_read(MAXIMUM, take_max, NULL);
}

static void target_start(void)
{
	if (xenstore_connect())
		xenstore_watch(TARGET, look);
}

static struct event_timer later = { .call = look_again };

void balloon_try_later(void)
{
	event_timer_set(&later, LATER_NSEC);
}

const struct control_source xen_balloon = {
	.name = "balloon",
	.start = target_start,
};
