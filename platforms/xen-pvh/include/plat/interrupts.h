/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/cpu/interrupts/include/plat/interrupts.h. DO NOT EDIT. */
#ifndef PLAT_INTERRUPTS_H
#define PLAT_INTERRUPTS_H

#include <stdint.h>

struct interrupt_controller {
	const char *name;
	void (*init)(void);	/* afterwards nothing is delivered unasked */
	void (*init_cpu)(void);	/* the same on a further CPU, or NULL */
};

/** The machine's controllers, ended by NULL; see machine.c. */
extern const struct interrupt_controller *const machine_interrupts[];

/* Ways of LINT0, the pin of a local APIC that a PC's 8259 is wired to */
#define LINT0_EXTINT	0x700	/* the 8259 gives the vector */
#define LINT0_MASKED	0x10000

/**
 * The boot CPU's. Firmware may leave the pin open and a timer running, also
 * where no 8259 is used. A controller that takes the place of the 8259
 * masks it here before the local APIC is set up.
 * Source: Intel SDM volume 3, 11.5.1 (LVT).
 */
extern uint32_t boot_cpu_lint0;

void interrupts_init(void);

/** On a CPU that begins: what each controller has for each CPU. */
void interrupts_init_cpu(void);

#endif /* PLAT_INTERRUPTS_H */
