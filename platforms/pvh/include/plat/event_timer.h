/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/event-timer/include/plat/event_timer.h. DO NOT EDIT. */
/*
 * Timers that need no sleeper: they run out within an interrupt, also while the
 * guest computes. Sleepers use the local APIC's timer, see timer.h. CPU 0 only.
 */
#ifndef PLAT_EVENT_TIMER_H
#define PLAT_EVENT_TIMER_H

#include <stdbool.h>
#include <stdint.h>

struct event_timer {
	void (*call)(void);	/* with interrupts off */
	uint64_t at;		/* Xen's system time; 0: not set */
	struct event_timer *next;
	bool known;
};

/** Xen's system time in ns, by which timers run out. */
uint64_t event_timer_now(void);

/** Sets a timer, or sets it anew. */
void event_timer_set(struct event_timer *timer, uint64_t nsec);

/** Takes it back. */
void event_timer_stop(struct event_timer *timer);

#endif /* PLAT_EVENT_TIMER_H */
