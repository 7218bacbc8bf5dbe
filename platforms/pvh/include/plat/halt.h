/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/cpu/vectors/include/plat/halt.h. DO NOT EDIT. */
#ifndef PLAT_HALT_H
#define PLAT_HALT_H

#include <stdint.h>

/** Enables interrupts and halts in one step; returns with interrupts off. */
void halt_until_irq(void);

extern const char halt_here[], halt_left[];

/**
 * Where an interrupted CPU continues. No interrupt may come between STI and
 * HLT, yet under QEMU's emulated SVM one does now and then. If it comes
 * (1) before STI takes effect, it is held back; (2) between STI and HLT, the
 * CPU would halt although its reason to wake has passed: it continues behind
 * HLT; (3) in HLT, the CPU continues behind HLT anyway. The address alone
 * decides. Memory around it is not read: the page before it may be unmapped.
 */
static inline uint64_t halt_leave(uint64_t pc)
{
	return pc == (uint64_t)halt_here ? (uint64_t)halt_left : pc;
}

#endif /* PLAT_HALT_H */
