/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/cpu/lapic/include/plat/lapic.h. DO NOT EDIT. */
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

/** Enables the local APIC of a further CPU, in the mode of the first one's. */
void lapic_init_cpu(void);

/** This CPU's APIC id; lapic_init() has been called. */
uint32_t lapic_id(void);

/** The page with the APIC's registers, NULL in x2APIC mode */
extern volatile uint32_t *lapic_page;

/** Whether messages reach the CPU of this id alone: past 254 in x2APIC mode. */
static inline bool lapic_can_reach(uint32_t apic_id)
{
	return apic_id < (lapic_page ? UINT8_MAX : UINT32_MAX);
}

/* Messages from one CPU to another; a plain vector is an interrupt */
#define LAPIC_INIT		0x4500
#define LAPIC_STARTUP		0x4600	/* with the page to begin at */

/** Sends a message to another CPU. */
void lapic_send(uint32_t apic_id, uint32_t message);

/* The registers that send a message, by their x2APIC number */
#define APIC_ICR		0x30

/** A register by its x2APIC number, in whichever mode the APIC is. */
uint32_t lapic_read(unsigned int reg);
void lapic_write(unsigned int reg, uint32_t value);

/** Tells the APIC that the interrupt being served is done. */
void lapic_eoi(void);

/** Starts the timer once, for `count` ticks without divider; 0 stops it. */
void lapic_timer_start(uint32_t count);

/** Ticks left. */
uint32_t lapic_timer_count(void);

#endif /* PLAT_LAPIC_H */
