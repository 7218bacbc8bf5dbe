/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef PLAT_TIMER_RATE_H
#define PLAT_TIMER_RATE_H

#include <stdint.h>

/**
 * The LAPIC timer's rate in Hz: as it is told, if the clock agrees, else as the
 * clock shows it. Sets the timer; takes 0.05 ms, 5 ms at most.
 */
uint64_t timer_rate(void);

#endif /* PLAT_TIMER_RATE_H */
