/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Between the files of the balloon: pages that the guest may have and does not.
 * They are the core's, taken from its allocator (the ledger knows them), or
 * were never there (spare).
 */
#ifndef PLAT_BALLOON_H
#define PLAT_BALLOON_H

#include <stdbool.h>
#include <stdint.h>

#include <plat/balloon_core.h>
#include <plat/page.h>

#define BALLOON_KIB_PER_PAGE	(PAGE_SIZE / 1024)

/* One step moves this many pages at most: a large page of the host's */
#define BALLOON_ORDER		9
#define BALLOON_BATCH		(1U << BALLOON_ORDER)

/* The host's word, in KiB */
extern uint64_t balloon_max;

/** The target, if there is one to be looked at, for the first time or again. */
bool balloon_heard(uint64_t *target);

/** Tries again later what the host has refused. */
void balloon_try_later(void);

/** Gives a run's pages back to Xen; all of them or none. */
bool balloon_release(const struct balloon_run *run);

/** Gets memory for all pages of a run, or none. */
bool balloon_populate(const struct balloon_run *run);

/** The same for pages that lie at their frames, BALLOON_BATCH at most. */
bool balloon_populate_at(uint64_t start, uint64_t pages);

/** Tells Xen to expect no use of these pages. @return how many it took */
uint64_t balloon_disclaim(uint64_t start, uint64_t pages);

/** Notes a run whose pages are given back. @return false: no room for a note */
bool balloon_ledger_push(const struct balloon_run *run);

/** The run that was noted last; order as well as place. @return false: none */
bool balloon_ledger_top(struct balloon_run *run);

/** Forgets the run that was noted last. */
void balloon_ledger_pop(void);

/** How many pages the ledger knows. */
uint64_t balloon_ledger_pages(void);

/** Learns from the boot's map which pages were never there. */
void balloon_spare_init(void);

/** How many pages were never there and are not yet. */
uint64_t balloon_spare_pages(void);

/** Makes holes of them, once. @return false: there is nothing left to do */
bool balloon_spare_disclaim(void);

/**
 * Gets memory for some of them, `most` at most. @return false if Xen has none
 */
bool balloon_spare_populate(uint64_t most);

/** Gives the core what was populated since. @return false if it takes none */
bool balloon_spare_hand_over(void);

#endif /* PLAT_BALLOON_H */
