/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/cpu/vectors/include/plat/halt.h. DO NOT EDIT. */
#ifndef PLAT_HALT_H
#define PLAT_HALT_H

#include <stdint.h>

/** Enables interrupts and halts in one step; returns with interrupts off. */
void halt_until_irq(void);

extern const char halt_here[], halt_left[];

/**
 * Where an interrupted CPU goes on. No interrupt may come between STI and HLT,
 * yet under QEMU's emulated SVM one does, now and then: the sleeper would miss
 * what it waits for. The address alone decides. What lies around it is not to
 * be read: the page before it may not be there.
 */
static inline uint64_t halt_leave(uint64_t pc)
{
	return pc == (uint64_t)halt_here ? (uint64_t)halt_left : pc;
}

#endif /* PLAT_HALT_H */
