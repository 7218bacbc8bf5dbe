/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-drivers/xen_devices.c. DO NOT EDIT. */
/*
 * What is known of devices is what their drivers have written about them.
 * Source: Xen, public/io/{xenbus,netif,blkif}.h
 */
#include <stddef.h>

#include <plat/text.h>
#include <plat/xen_devices.h>

#define CONNECTED	"4"
#define CHANNEL		"event-channel"	/* or with -tx, -rx */

/* Network and disk: a 9p server forgets the files that are open. */
static const char *const kinds[] = { "device/vif/", "device/vbd/" };

/* How long the part of a path is that names the device, with its slash */
static size_t device_length(const char *path)
{
	unsigned int slashes = 0;
	size_t len = 0;

	while (path[len] && slashes < 3)
		slashes += path[len++] == '/';
	return len;
}

static bool is_of_device(const char *path, const char *other)
{
	const size_t len = device_length(other);
	size_t i = 0;

	while (i < len && path[i] == other[i])
		i++;
	return i == len;
}

static bool is_carried(const char *path)
{
	unsigned int i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (text_begins(path, kinds[i]))
			return true;
	return false;
}

static bool is_state(const struct core_node *node)
{
	return text_equal(node->path + device_length(node->path), "state");
}

bool xen_device_next(uint32_t *at, struct core_node *state)
{
	while (core_nodes_next(at, state))
		if (is_carried(state->path) && is_state(state) &&
		    text_equal(state->value, CONNECTED))
			return true;
	return false;
}

bool xen_device_node_next(const struct core_node *state, uint32_t *at,
			  struct core_node *node)
{
	while (core_nodes_next(at, node))
		if (is_of_device(node->path, state->path) && !is_state(node))
			return true;
	return false;
}

/* The last part of a path, which may be in the folder of a queue */
static const char *key_of(const char *path)
{
	const char *key = path;

	for (; *path; path++)
		if (*path == '/')
			key = path + 1;
	return key;
}

bool xen_device_has_port(uint32_t port)
{
	struct core_node state, node;
	uint32_t i = 0, j;

	while (xen_device_next(&i, &state))
		for (j = 0; xen_device_node_next(&state, &j, &node);)
			if (text_begins(key_of(node.path), CHANNEL) &&
			    text_number(node.value) == port)
				return true;
	return false;
}
