/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/machine/machine.c.j2 and platforms/kvm.yaml. DO NOT EDIT. */
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

extern const struct hypervisor kvm_hypervisor;
const struct hypervisor *const machine_hypervisors[] = {
	&kvm_hypervisor,
	NULL,
};

extern const struct console com1;
extern const struct console debug_port;
const struct console *const machine_consoles[] = {
	&com1,
	&debug_port,
	NULL,
};

extern const struct interrupt_controller ioapic;
extern const struct interrupt_controller pic;
extern const struct interrupt_controller lapic;
const struct interrupt_controller *const machine_interrupts[] = {
	&ioapic,
	&pic,
	&lapic,
	NULL,
};

extern const struct cpu_starter sipi;
const struct cpu_starter *const machine_cpus[] = {
	&sipi,
	NULL,
};

extern const struct clock_source kvmclock;
extern const struct clock_source tsc_clock;
const struct clock_source *const machine_clocks[] = {
	&kvmclock,
	&tsc_clock,
	NULL,
};

extern const struct wall_clock cmos;
const struct wall_clock *const machine_wall_clocks[] = {
	&cmos,
	NULL,
};

extern const struct tsc_frequency_source tsc_by_cpuid;
extern const struct tsc_frequency_source tsc_by_pm_timer;
extern const struct tsc_frequency_source tsc_by_hpet;
extern const struct tsc_frequency_source tsc_by_pit;
extern const struct tsc_frequency_source tsc_by_lapic_timer;
const struct tsc_frequency_source *const machine_tsc_frequencies[] = {
	&tsc_by_cpuid,
	&tsc_by_pm_timer,
	&tsc_by_hpet,
	&tsc_by_pit,
	&tsc_by_lapic_timer,
	NULL,
};

extern const struct power_method pvpanic;
extern const struct power_method debug_exit;
extern const struct power_method acpi_power;
extern const struct power_method i8042;
const struct power_method *const machine_power[] = {
	&pvpanic,
	&debug_exit,
	&acpi_power,
	&i8042,
	NULL,
};

const struct control_source *const machine_controls[] = {
	NULL,
};
