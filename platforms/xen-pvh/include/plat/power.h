/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/power/power/include/plat/power.h. DO NOT EDIT. */
#ifndef PLAT_POWER_H
#define PLAT_POWER_H

/* How a guest ends, as the hypervisor is to see it */
enum power_end {
	POWER_OFF,
	POWER_REBOOT,
	POWER_CRASH,
};

struct power_method {
	const char *name;
	void (*end)(enum power_end how);	/* returns if it cannot */
};

/** The machine's methods, ended by NULL; see machine.c. */
extern const struct power_method *const machine_power[];

/** Ends the guest; if no method does, says so and takes the last resort. */
_Noreturn void power_end(enum power_end how);

#endif /* PLAT_POWER_H */
