/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/event-timer/include/plat/event_timer_state.h. DO NOT EDIT. */
/*
 * What the files of this component know of timers.
 */
#ifndef PLAT_EVENT_TIMER_STATE_H
#define PLAT_EVENT_TIMER_STATE_H

#include <plat/event_timer.h>

/* Every timer that was ever set */
extern struct event_timer *event_timers;

/* Of VIRQ_TIMER; 0: not bound, below 0: cannot be bound */
extern long event_timer_port;

/** Binds the event if need be, and has Xen raise it for the first timer. */
void event_timer_arm(void);

#endif /* PLAT_EVENT_TIMER_STATE_H */
