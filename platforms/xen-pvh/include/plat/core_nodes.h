/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-xenstore/include/plat/core_nodes.h. DO NOT EDIT. */
/*
 * What Unikraft's drivers have written about their devices: the folder of a
 * device in a new domain's store holds nothing of it.
 */
#ifndef PLAT_CORE_NODES_H
#define PLAT_CORE_NODES_H

#include <stdbool.h>
#include <stdint.h>

struct core_node {
	const char *path;	/* device/KIND/NUMBER/... */
	const char *value;
};

#if CONFIG_LIBXENBUS
/**
 * Goes through all nodes. `at` begins with 0; no node is noted meanwhile.
 * @return false after the last one
 */
bool core_nodes_next(uint32_t *at, struct core_node *node);

/** Whether there were more than fit: the rest is not known. */
bool core_nodes_overflow(void);
#else /* !CONFIG_LIBXENBUS */
static inline bool core_nodes_next(uint32_t *at, struct core_node *node)
{
	(void)at;
	(void)node;
	return false;
}

static inline bool core_nodes_overflow(void)
{
	return false;
}
#endif /* !CONFIG_LIBXENBUS */

#endif /* PLAT_CORE_NODES_H */
