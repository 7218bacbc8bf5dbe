/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/machine/machine.c.j2 and platforms/xen-pvh.yaml. DO NOT EDIT. */
/*
 * What this machine has, in the order in which it is preferred.  A plain_
 * console is not in the table: it is for last words only.
 */
#include <stddef.h>

#include <plat/clock.h>
#include <plat/console.h>
#include <plat/control.h>
#include <plat/cpus.h>
#include <plat/hypervisor.h>
#include <plat/interrupts.h>
#include <plat/power.h>
#include <plat/tsc_frequency.h>

extern const struct hypervisor xen_hypervisor;
const struct hypervisor *const machine_hypervisors[] = {
	&xen_hypervisor,
	NULL,
};

extern const struct console xen_ring;
extern const struct console debug_port;
extern const struct console plain_com1;
const struct console *const machine_consoles[] = {
	&xen_ring,
	&debug_port,
	&plain_com1,
	NULL,
};

extern const struct interrupt_controller lapic;
extern const struct interrupt_controller xen_events;
const struct interrupt_controller *const machine_interrupts[] = {
	&lapic,
	&xen_events,
	NULL,
};

extern const struct cpu_starter xen_vcpus;
const struct cpu_starter *const machine_cpus[] = {
	&xen_vcpus,
	NULL,
};

extern const struct clock_source xen_pvclock;
extern const struct clock_source tsc_clock;
const struct clock_source *const machine_clocks[] = {
	&xen_pvclock,
	&tsc_clock,
	NULL,
};

const struct wall_clock *const machine_wall_clocks[] = {
	NULL,
};

extern const struct tsc_frequency_source tsc_by_xen;
extern const struct tsc_frequency_source tsc_by_cpuid;
extern const struct tsc_frequency_source tsc_by_lapic_timer;
const struct tsc_frequency_source *const machine_tsc_frequencies[] = {
	&tsc_by_xen,
	&tsc_by_cpuid,
	&tsc_by_lapic_timer,
	NULL,
};

extern const struct power_method xen_power;
const struct power_method *const machine_power[] = {
	&xen_power,
	NULL,
};

extern const struct control_source xenstore_control;
extern const struct control_source xen_balloon;
const struct control_source *const machine_controls[] = {
	&xenstore_control,
	&xen_balloon,
	NULL,
};
