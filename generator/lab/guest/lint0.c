/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The first input of each CPU's local APIC. An 8259 is wired to all of them and
 * one CPU may answer it: the one that boots, where an 8259 serves devices.
 * Where an IOAPIC does, no CPU answers, and all lines of both 8259s are masked.
 * Source: Intel SDM volume 3, 11.5.1.
 *
 * number: 33
 * with: vcpus=1
 * with: vcpus=4
 */
#include <bare/check.h>
#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/interrupts.h>
#include <plat/lapic.h>
#include <plat/smp.h>
#include <plat/x86.h>

#include "device.h"

#define PIC1_DATA	0x21
#define PIC2_DATA	0xa1
#define ALL_MASKED	0xff	/* also where nothing is */
#define LVT_LINT0	0x35
#define LVT_BITS	(LINT0_MASKED | 0x700)

extern const struct interrupt_controller pic __attribute__((weak));

static uint32_t found[MACHINE_MAX_CPUS];

static void look(void *arg)
{
	(void)arg;
	found[core_cpu()] = lapic_read(LVT_LINT0);
}

CHECK(lint0, "interrupts of an 8259 go to the CPU that boots and no other")
{
	const bool wired = &pic && !has_ioapic() &&
			   inb(PIC1_DATA) != ALL_MASKED;
	uint32_t lint0;
	unsigned int i;

	if (has_ioapic() && (inb(PIC1_DATA) & inb(PIC2_DATA)) != ALL_MASKED)
		return check_fail("lines of an 8259 are open");
	if (!lapic_init())
		return check_skip("this CPU has no local APIC");
	__asm__ __volatile__("sti");
	if (smp_call_all(look, NULL))
		return check_fail("not all CPUs answer");
	__asm__ __volatile__("cli");
	for (i = 0; cpus_has(i); i++) {
		lint0 = found[i];
		print_line("  CPU %u: 0x%x", i, lint0);
		if (!i && wired && (lint0 & LVT_BITS) != LINT0_EXTINT)
			return check_fail("the 8259 is cut off");
		if ((i || !&pic || has_ioapic()) && !(lint0 & LINT0_MASKED))
			return check_fail("CPU %u listens to an 8259", i);
	}
	return CHECK_PASS;
}
