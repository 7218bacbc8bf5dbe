/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Firmware leaves a PC's timer running, at vectors where its interrupt looks
 * like a fault. Here the pin of the local APIC is opened until one has come for
 * certain, then the APIC is set up as at boot.
 *
 * number: 12
 * on: qemu-pc* qemu-q35
 * because: no firmware has set up an 8259 there
 */
#include <bare/check.h>
#include <plat/clock.h>
#include <plat/interrupts.h>
#include <plat/lapic.h>

#define APIC_LVT_LINT0	0x35
#define TWO_TICKS	120000000UL	/* ns, of a timer at 18.2 Hz */

static void wait(void)
{
	const uint64_t end = clock_monotonic() + TWO_TICKS;

	while (clock_monotonic() < end)
		__builtin_ia32_pause();
}

CHECK(legacy_pic, "an 8259 that nobody uses interrupts nobody")
{
	lapic_write(APIC_LVT_LINT0, LINT0_EXTINT);
	wait();
	lapic_init_cpu();
	__asm__ __volatile__("sti");
	wait();
	__asm__ __volatile__("cli");
	return CHECK_PASS;
}
