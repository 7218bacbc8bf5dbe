/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What others tell the suspension; nothing where there is none.
 */
#ifndef PLAT_SUSPEND_HOOKS_H
#define PLAT_SUSPEND_HOOKS_H

struct xenstore_header;

static inline void suspend_announce(void)
{
}

static inline void core_watches_note(const struct xenstore_header *header,
				     const char *payload)
{
	(void)header;
	(void)payload;
}

static inline void core_nodes_note(const struct xenstore_header *header,
				   const char *payload)
{
	(void)header;
	(void)payload;
}

#endif /* PLAT_SUSPEND_HOOKS_H */
