/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/time/lapic-rate/include/plat/lapic_rate.h. DO NOT EDIT. */
#ifndef PLAT_LAPIC_RATE_H
#define PLAT_LAPIC_RATE_H

#include <stdint.h>

/** The LAPIC timer's rate in Hz without divider, and where it is from. */
uint64_t lapic_timer_hz(const char **source);

#endif /* PLAT_LAPIC_RATE_H */
