/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/time/timer/include/plat/timer.h. DO NOT EDIT. */
#ifndef PLAT_TIMER_H
#define PLAT_TIMER_H

#include <stdbool.h>
#include <stdint.h>

#include <plat/lapic.h>

/* The interrupt that only wakes a sleeper */
#define TIMER_IRQ	LAPIC_TIMER_IRQ

/**
 * What is done before a CPU halts, with interrupts off and in small parts, or
 * NULL. @return false if there is nothing to do
 */
extern bool (*timer_idle)(void);

/** Prepares the timer; the clock is running. */
void timer_init(void);

/**
 * Halts until clock_monotonic() reaches `until` (ns), or earlier if work
 * came in. Called and left with interrupts off.
 */
void timer_block_until(uint64_t until);

#endif /* PLAT_TIMER_H */
