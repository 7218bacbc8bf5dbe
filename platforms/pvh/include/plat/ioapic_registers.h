/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/ioapic/include/plat/ioapic_registers.h. DO NOT EDIT. */
/*
 * One word of an IOAPIC's page selects a register, another one shows it.
 * Source: Intel 82093AA (IOAPIC) data sheet, 3.1.
 */
#ifndef PLAT_IOAPIC_REGISTERS_H
#define PLAT_IOAPIC_REGISTERS_H

#include <stdint.h>

#include <plat/core.h>

#define IOAPIC_SELECT	0
#define IOAPIC_WINDOW	4

static inline uint32_t ioapic_get(uint64_t paddr, unsigned int reg)
{
	volatile uint32_t *const page = core_phys(paddr);

	page[IOAPIC_SELECT] = reg;
	return page[IOAPIC_WINDOW];
}

static inline void ioapic_set(uint64_t paddr, unsigned int reg, uint32_t value)
{
	volatile uint32_t *const page = core_phys(paddr);

	page[IOAPIC_SELECT] = reg;
	page[IOAPIC_WINDOW] = value;
}

#endif /* PLAT_IOAPIC_REGISTERS_H */
