/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/ioapic/include/plat/ioapic_mp.h. DO NOT EDIT. */
#ifndef PLAT_IOAPIC_MP_H
#define PLAT_IOAPIC_MP_H

#include <stdint.h>

#include <plat/mp_table.h>

/**
 * Calls ioapic_add() for the IOAPICs of an MP table, and `wire` for each line:
 * its number and GSI, how it is driven on its bus (IOAPIC_LEVEL, IOAPIC_LOW)
 * and what the entry's flags say of that.
 */
void ioapic_read_mp(const struct mp_table *table,
		    void (*wire)(unsigned int irq, uint32_t gsi, uint8_t how,
				 unsigned int flags));

#endif /* PLAT_IOAPIC_MP_H */
