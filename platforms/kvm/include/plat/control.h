/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/power/control/include/plat/control.h. DO NOT EDIT. */
#ifndef PLAT_CONTROL_H
#define PLAT_CONTROL_H

#include <stdbool.h>

#include <plat/power.h>

/* A way in which the host tells the guest to end */
struct control_source {
	const char *name;
	void (*start)(void);	/* returns at once and listens from then on */
	void (*core_ends)(void);	/* see control_core_ends() */
};

/** The machine's ways, ended by NULL; see machine.c. */
extern const struct control_source *const machine_controls[];

/** Starts to listen. Needs clock, events and consoles, but no core. */
void control_start(void);

/** The core has begun to end the guest: its deadline to begin is met. */
void control_core_ends(void);

/**
 * The core's part: begins to shut down in the core's own order, which may take
 * some time. Called with interrupts off. @return false if the core cannot
 */
bool core_begin_end(enum power_end how);

#endif /* PLAT_CONTROL_H */
