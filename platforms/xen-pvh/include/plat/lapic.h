/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/lapic/include/plat/lapic.h. DO NOT EDIT. */
/*
 * Source: Intel SDM volume 3, 11 (APIC), 11.5.4 (timer), 11.12 (x2APIC).
 */
#ifndef PLAT_LAPIC_H
#define PLAT_LAPIC_H

#include <stdbool.h>
#include <stdint.h>

/* Vectors as irq numbers, 32 below the vector, out of every device's way */
#define LAPIC_TIMER_IRQ		(0xef - 32)
#define LAPIC_SPURIOUS_IRQ	(0xff - 32)

/**
 * Enables this CPU's local APIC, in x2APIC mode where the CPU has it.
 * May be called again.
 * @return false if the CPU has no local APIC
 */
bool lapic_init(void);

/** Tells the APIC that the interrupt being served is done. */
void lapic_eoi(void);

/** Starts the timer once, for `count` ticks without divider; 0 stops it. */
void lapic_timer_start(uint32_t count);

/** Ticks left. */
uint32_t lapic_timer_count(void);

/** Lets the timer fire when the TSC reaches a value. */
void lapic_timer_deadline(uint64_t tsc);

/** Whether the CPU has the TSC deadline mode. */
bool lapic_has_tsc_deadline(void);

#endif /* PLAT_LAPIC_H */
