/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef PLAT_DEVICE_MAP_H
#define PLAT_DEVICE_MAP_H

#include <stdint.h>

/**
 * Maps device registers uncached, also beyond what core_phys() reaches. The
 * mapping lasts. The core's page tables must be in use by now: a core that
 * changes to others afterwards would lose it.
 * @param paddr	physical address of the first byte
 * @param size	bytes
 * @return	the registers, or NULL if the CPU has no such address
 *		or there is no room; both are logged
 */
volatile void *device_map(uint64_t paddr, uint64_t size);

/** Behind the last physical address that this CPU has. */
uint64_t device_map_end(void);

#endif /* PLAT_DEVICE_MAP_H */
