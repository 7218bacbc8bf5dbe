/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Instead of the platform's header: two 8259s behind their ports, and no
 * interrupts that a program of the host could hold off.
 */
#ifndef PLAT_X86_H
#define PLAT_X86_H

#include <stdint.h>

#define CPUID1_EDX_APIC		(1U << 9)

struct cpuid_regs {
	uint32_t eax, ebx, ecx, edx;
};

static inline struct cpuid_regs cpuid(uint32_t leaf, uint32_t subleaf)
{
	(void)subleaf;
	return (struct cpuid_regs){ .edx = leaf == 1 ? CPUID1_EDX_APIC : 0 };
}

uint8_t inb(uint16_t port);
void outb(uint16_t port, uint8_t value);

static inline uint64_t irq_save(void) { return 0; }
static inline void irq_restore(uint64_t flags) { (void)flags; }

#endif /* PLAT_X86_H */
