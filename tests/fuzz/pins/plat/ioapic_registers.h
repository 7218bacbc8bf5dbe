/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Instead of the platform's header: the registers of the test's IOAPICs.
 */
#ifndef PLAT_IOAPIC_REGISTERS_H
#define PLAT_IOAPIC_REGISTERS_H

#include <stdint.h>

uint32_t ioapic_get(uint64_t paddr, unsigned int reg);
void ioapic_set(uint64_t paddr, unsigned int reg, uint32_t value);

#endif /* PLAT_IOAPIC_REGISTERS_H */
