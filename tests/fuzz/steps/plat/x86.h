/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Instead of the platform's header: a program has no interrupt flag, so that
 * the test keeps one.
 */
#ifndef PLAT_X86_H
#define PLAT_X86_H

#include <stdint.h>

#define compiler_barrier()	__asm__ __volatile__("" ::: "memory")

uint64_t rdtsc(void);

extern volatile uint64_t held;	/* interrupts are */

static inline uint64_t irq_save(void)
{
	const uint64_t before = held;

	held = 1;
	return before;
}

static inline void irq_restore(uint64_t flags)
{
	held = flags;
}

#endif /* PLAT_X86_H */
