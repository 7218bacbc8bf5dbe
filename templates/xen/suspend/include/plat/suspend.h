/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The host saves the guest, or moves it: all its CPUs stop within one call of
 * Xen. The call returns in a new domain, perhaps on another host ("lost"), or
 * in the same one, because the host has taken a copy or has given up.
 *
 * In a new domain memory and registers are as they were. What Xen keeps for a
 * domain is gone: the mapping of its pages, event channels, vectors, timers,
 * watches, grants. Who owns such a thing is a part: it gives its
 * `struct suspend_part` to the slot suspend.part of its manifest.
 */
#ifndef PLAT_SUSPEND_H
#define PLAT_SUSPEND_H

#include <stdbool.h>

/*
 * Interrupts are off, and the other CPUs stand still. Parts resume after those
 * that their components require, and are suspended before them. Each function
 * may be NULL.
 */
struct suspend_part {
	/**
	 * Does what may fail, when all stand still and nothing is taken away
	 * yet. Undone by resumed(), also where a later part fails.
	 * @return NULL, or why the guest is not saved
	 */
	const char *(*prepare)(void);
	/** Brings what is under way to an end: the host waits for a minute. */
	void (*suspend)(void);
	/** Makes anew what is gone; if nothing is lost, undoes suspend(). */
	void (*resume)(bool lost);
	/** On each further CPU that runs, when all have resumed. */
	void (*resume_cpu)(bool lost);
	/** On CPU 0, when all CPUs run again and the console says so. */
	void (*resumed)(bool lost);
	/**
	 * Why the guest cannot be saved now, or NULL. Asked before the host is
	 * told that it will be, where interrupts may be on, and once more when
	 * all stand still.
	 */
	const char *(*obstacle)(void);
};

/** All parts of the machine, ended by NULL, in the order of resuming. */
extern const struct suspend_part *const suspend_parts[];

/** The first part's reason why the guest cannot be saved now, or NULL. */
const char *suspend_obstacle(void);

/**
 * Suspends the guest as soon as the boot CPU lets interrupts in; the host has
 * been told. For CPU 0.
 */
void suspend_request(void);

#endif /* PLAT_SUSPEND_H */
