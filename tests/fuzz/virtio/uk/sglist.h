/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Instead of Unikraft's header, as far as the platform needs it.
 */
#ifndef FUZZ_UK_SGLIST_H
#define FUZZ_UK_SGLIST_H

#include <stddef.h>

struct uk_sglist_seg {
	void *at;
};

struct uk_sglist {
	struct uk_sglist_seg *segs;
	unsigned int count;
};

static inline void uk_sglist_init(struct uk_sglist *list, unsigned int most,
				  struct uk_sglist_seg *segs)
{
	(void)most;
	list->segs = segs;
	list->count = 0;
}

static inline int uk_sglist_append(struct uk_sglist *list, void *at,
				   size_t size)
{
	(void)size;
	list->segs[list->count++].at = at;
	return 0;
}

#endif /* FUZZ_UK_SGLIST_H */
