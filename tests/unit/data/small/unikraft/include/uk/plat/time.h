/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef UK_PLAT_TIME_H
#define UK_PLAT_TIME_H

unsigned long ukplat_monotonic_clock(void);

#endif /* UK_PLAT_TIME_H */
