/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The core's half of the balloon: its free memory, and when there is time to
 * work. None of it is called within an interrupt but balloon_core_wake().
 */
#ifndef PLAT_BALLOON_CORE_H
#define PLAT_BALLOON_CORE_H

#include <stdbool.h>
#include <stdint.h>

/* 2^order pages in a row, as the core's allocator gives and takes them */
struct balloon_run {
	char *at;
	unsigned int order;
};

/** Pages that the core has free. */
uint64_t balloon_core_free(void);

/** Takes the largest run that is free, of this order at most. */
bool balloon_core_take(struct balloon_run *run, unsigned int order);

/** Gives back a run; the last one that was taken comes first. */
void balloon_core_give(const struct balloon_run *run);

/** Adds memory that the core did not know. @return false if it cannot */
bool balloon_core_add(uint64_t start, uint64_t pages);

/** The frame behind a page; without `touch` the page may have no memory. */
uint64_t balloon_core_frame(char *page, bool touch);

/** Has balloon_step() called, as long as it says that there is more to do. */
void balloon_core_wake(void);

/** Does a part of the work, some ms at most. @return whether there is more */
bool balloon_step(void);

#endif /* PLAT_BALLOON_CORE_H */
