/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef PLAT_INTERRUPTS_H
#define PLAT_INTERRUPTS_H

struct interrupt_controller {
	const char *name;
	void (*init)(void);	/* afterwards nothing is delivered unasked */
	void (*init_cpu)(void);	/* the same on a further CPU, or NULL */
};

/** The machine's controllers, ended by NULL; spec's `interrupts`. */
extern const struct interrupt_controller *const machine_interrupts[];

void interrupts_init(void);

/** On a CPU that begins: what each controller has for each CPU. */
void interrupts_init_cpu(void);

#endif /* PLAT_INTERRUPTS_H */
