/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-xenstore/core_xenstore_nodes.c. DO NOT EDIT. */
/*
 * Nodes are noted on their way to the store, within a transaction or not: a
 * driver whose transaction fails writes the same once more. A node that is
 * written again gets its new value, and one that is removed is forgotten.
 */
#include <stddef.h>

#include <plat/core_nodes.h>
#include <plat/suspend_hooks.h>
#include <plat/text.h>
#include <plat/xenstore_ring.h>

#define FOLDER		"device/"
#define STATE		"/state"
#define LIST_SIZE	4096

/* Path and value of each node, both ended by a 0 */
static char list[LIST_SIZE];
static uint32_t list_end;
static bool overflow;

bool core_nodes_overflow(void)
{
	return overflow;
}

bool core_nodes_next(uint32_t *at, struct core_node *node)
{
	if (*at == list_end)
		return false;
	node->path = list + *at;
	node->value = node->path + text_length(node->path) + 1;
	*at = (uint32_t)(node->value - list) +
	      (uint32_t)text_length(node->value) + 1;
	return true;
}

static void forget_node(const char *path)
{
	uint32_t at = 0, start = 0, from;
	struct core_node node;

	while (core_nodes_next(&at, &node) && !text_equal(node.path, path))
		start = at;
	if (start == list_end)
		return;
	for (from = at; from < list_end; from++)
		list[start++] = list[from];
	list_end = start;
}

/* The value has no end of its own. */
static void add_node(const char *path, const char *value, uint32_t len)
{
	const uint32_t path_len = (uint32_t)text_length(path) + 1;
	uint32_t i;

	if (path_len + len + 1 > LIST_SIZE - list_end) {
		overflow = true;
		return;
	}
	for (i = 0; i < path_len; i++)
		list[list_end++] = path[i];
	for (i = 0; i < len; i++)
		list[list_end++] = value[i];
	list[list_end++] = '\0';
}

static bool ends_with(const char *text, const char *with)
{
	const size_t size = text_length(text), end = text_length(with);

	return size >= end && text_equal(text + size - end, with);
}

void core_nodes_note(const struct xenstore_header *header, const char *payload)
{
	uint32_t len = 0;

	while (len < header->len && payload[len])
		len++;
	if (len == header->len || !text_begins(payload, FOLDER))
		return;
	if (header->type != XENSTORE_WRITE && header->type != XENSTORE_REMOVE)
		return;
	forget_node(payload);
	if (header->type == XENSTORE_WRITE)
		add_node(payload, payload + len + 1, header->len - len - 1);
	if (ends_with(payload, STATE))
		suspend_announce();
}
