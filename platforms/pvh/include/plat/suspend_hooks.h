/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/suspend/include/plat/suspend_hooks.h. DO NOT EDIT. */
/*
 * What others tell the suspension; nothing where there is none.
 */
#ifndef PLAT_SUSPEND_HOOKS_H
#define PLAT_SUSPEND_HOOKS_H

struct xenstore_header;

/** An obstacle has come or gone: the host is told, so that it need not ask. */
void suspend_announce(void);

/** Unikraft's client sends this request to the store. */
void core_watches_note(const struct xenstore_header *header,
		       const char *payload);

/** The same for what it writes about a device and its state. */
void core_nodes_note(const struct xenstore_header *header, const char *payload);

#endif /* PLAT_SUSPEND_HOOKS_H */
