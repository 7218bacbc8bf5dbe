/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Instead of the platform's header: the test's TSC and its ports, which cost
 * what the test says.
 */
#ifndef PLAT_X86_H
#define PLAT_X86_H

#include <stdint.h>

#define compiler_barrier()	__asm__ __volatile__("" ::: "memory")

uint64_t rdtsc(void);
uint8_t inb(uint16_t port);
void outb(uint16_t port, uint8_t v);
void outw(uint16_t port, uint16_t v);
uint32_t inl(uint16_t port);

static inline uint64_t irq_save(void) { return 0; }
static inline void irq_restore(uint64_t flags) { (void)flags; }

static inline uint64_t mul_shift32(uint64_t a, uint32_t b)
{
	return (uint64_t)(((unsigned __int128)a * b) >> 32);
}

#endif /* PLAT_X86_H */
