/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/machine/machine.c.j2 and platforms/xen-pvh.yaml. DO NOT EDIT. */
/*
 * What this machine has, in the order in which it is preferred.
 */
#include <stddef.h>

#include <plat/clock.h>
#include <plat/console.h>
#include <plat/interrupts.h>
#include <plat/power.h>

extern const struct console debug_port;
const struct console *const machine_consoles[] = {
	&debug_port,
	NULL,
};

extern const struct interrupt_controller lapic;
const struct interrupt_controller *const machine_interrupts[] = {
	&lapic,
	NULL,
};

extern const struct clock_source xen_pvclock;
const struct clock_source *const machine_clocks[] = {
	&xen_pvclock,
	NULL,
};

const struct wall_clock *const machine_wall_clocks[] = {
	NULL,
};

extern const struct power_method xen_power;
const struct power_method *const machine_power[] = {
	&xen_power,
	NULL,
};
