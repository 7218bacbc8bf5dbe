/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/suspend/include/plat/suspend_park.h. DO NOT EDIT. */
/*
 * The further CPUs while CPU 0 suspends the guest.
 */
#ifndef PLAT_SUSPEND_PARK_H
#define PLAT_SUSPEND_PARK_H

#include <stdbool.h>

/* The interrupt that suspends CPU 0 and parks the others */
#define SUSPEND_IRQ	(0xf2 - 32)

/**
 * Has every further CPU that runs stand still, with interrupts off.
 * @return true, or false if one does not come within a moment: none is parked
 */
bool suspend_park_others(void);

/** Lets them go on, each after its part of resuming, and waits for that. */
void suspend_release_others(bool lost);

/** On a further CPU, in the interrupt: stands still until it is released. */
void suspend_park(void);

#endif /* PLAT_SUSPEND_PARK_H */
