/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/time/timer/include/plat/timer_rate.h. DO NOT EDIT. */
#ifndef PLAT_TIMER_RATE_H
#define PLAT_TIMER_RATE_H

#include <stdint.h>

/**
 * The LAPIC timer's rate in Hz: the reported one if the clock agrees, else the
 * measured one. Uses the timer; takes 0.05 ms, 17 ms at most.
 */
uint64_t timer_rate(void);

#endif /* PLAT_TIMER_RATE_H */
