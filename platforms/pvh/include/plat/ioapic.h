/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/ioapic/include/plat/ioapic.h. DO NOT EDIT. */
/*
 * Source: Intel 82093AA (IOAPIC) data sheet. A pin's number among those of all
 * IOAPICs is its GSI, global system interrupt: ACPI specification 6.5, 5.2.13.
 */
#ifndef PLAT_IOAPIC_H
#define PLAT_IOAPIC_H

#include <stdbool.h>
#include <stdint.h>

/* How many GSIs are served: those of two IOAPICs of 24 pins */
#define IOAPIC_GSIS	48

/* How a device drives its line; by an edge to high level if nothing is said */
#define IOAPIC_LEVEL	1U
#define IOAPIC_LOW	2U

/** Whether this machine has one; interrupts_init() has been called. */
bool ioapic_present(void);

/**
 * Has a GSI come as `vector` to a CPU, or to the one that boots if an IOAPIC
 * cannot name that CPU. The pin stays masked, as it is at first, or open;
 * nothing is lost if only the CPU changes.
 * @return false if no IOAPIC has that pin
 */
bool ioapic_route(unsigned int gsi, uint8_t vector, unsigned int cpu,
		  unsigned int how);

void ioapic_mask(unsigned int gsi);

void ioapic_unmask(unsigned int gsi);

#endif /* PLAT_IOAPIC_H */
