/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-xenstore/core_xenstore_watches.c. DO NOT EDIT. */
/*
 * Unikraft's client sets each watch once, and the store of a new domain knows
 * none of them: they are noted on their way, and set again. Each then tells its
 * owner to look, as it did when it was set first.
 */
#include <stddef.h>

#include <plat/clock.h>
#include <plat/hypervisor.h>
#include <plat/suspend.h>
#include <plat/suspend_hooks.h>
#include <plat/xen_time.h>
#include <plat/xenstore_parts.h>

#define LIST_SIZE	4096
#define STORE_HAS_NSEC	(NSEC_PER_SEC / 2)

/* Path and token of each watch as they were sent, behind their length */
static char list[LIST_SIZE];
static uint32_t list_end;
static bool list_overflows;

static uint32_t length_at(uint32_t at)
{
	return (uint8_t)list[at] | (uint32_t)(uint8_t)list[at + 1] << 8;
}

static uint32_t next_at(uint32_t at)
{
	return at + 2 + length_at(at);
}

static bool is_at(uint32_t at, const char *payload, uint32_t len)
{
	uint32_t i = 0;

	if (length_at(at) != len)
		return false;
	while (i < len && list[at + 2 + i] == payload[i])
		i++;
	return i == len;
}

static uint32_t find_watch(const char *payload, uint32_t len)
{
	uint32_t at = 0;

	while (at < list_end && !is_at(at, payload, len))
		at = next_at(at);
	return at;
}

static void add_watch(const char *payload, uint32_t len)
{
	uint32_t i;

	if (len + 2 > LIST_SIZE - list_end) {
		list_overflows = true;
		suspend_announce();
		return;
	}
	list[list_end] = (char)len;
	list[list_end + 1] = (char)(len >> 8);
	for (i = 0; i < len; i++)
		list[list_end + 2 + i] = payload[i];
	list_end += 2 + len;
}

static void remove_watch(uint32_t at)
{
	uint32_t from = next_at(at);

	while (from < list_end)
		list[at++] = list[from++];
	list_end = at;
}

void core_watches_note(const struct xenstore_header *header,
		       const char *payload)
{
	const uint32_t at = find_watch(payload, header->len);

	if (header->type == XENSTORE_WATCH && at == list_end)
		add_watch(payload, header->len);
	else if (header->type == XENSTORE_UNWATCH && at < list_end)
		remove_watch(at);
}

static const char *core_watches_obstacle(void)
{
	return list_overflows ? "Unikraft's client of xenstore has too many watches"
			      : NULL;
}

static void core_watches_resume(bool lost)
{
	const uint64_t until = xen_time_now() + STORE_HAS_NSEC;
	struct xenstore_header header = { .type = XENSTORE_WATCH };
	uint32_t at;

	for (at = 0; lost && at < list_end; at = next_at(at)) {
		header.len = length_at(at);
		while (!xenstore_pass(&header, list + at + 2, NULL, NULL) &&
		       xen_time_now() < until) {
			hypervisor_yield();
			xenstore_read_on();
		}
	}
}

const struct suspend_part core_watches_part = {
	.resume = core_watches_resume,
	.obstacle = core_watches_obstacle,
};
