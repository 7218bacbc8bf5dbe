/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A device that nobody serves: the clock holds its line until somebody reads
 * why, and nobody does.
 *
 * number: 33
 * on: qemu-q35* qemu-microvm*
 * because: QEMU's IOAPIC is the same in all its machines, Xen has none
 */
#include <bare/check.h>
#include <plat/clock.h>
#include <plat/core.h>

#include "device.h"

#if HAVE_DEVICE_IRQS
/* The clock itself comes 2,048 times in the two seconds that the check takes. */
#define LEAST	3000U
#define MOST	10000U
#define SILENCE	100000000UL	/* ns */
#define MOST_TIME	(2 * NSEC_PER_SEC)

static volatile unsigned int came;

static void handler(void)
{
	came++;
	device_irq_done(RTC_IRQ);
}

static enum check_result run(void)
{
	unsigned int before;
	uint64_t end, last;
	uint8_t b;

	if (!has_ioapic())
		return check_skip("this machine has no IOAPIC");
	device_irqs_init();
	core_irq_register(RTC_IRQ, handler);
	device_irq_configure(RTC_IRQ, IRQ_LEVEL, 0);
	device_irq_unmask(RTC_IRQ);
	b = rtc_start();
	if (b == RTC_ABSENT)
		return check_skip("this machine has no clock that interrupts");
	irq_enable();
	last = clock_monotonic() + MOST_TIME;
	do {
		before = came;
		end = clock_monotonic() + SILENCE;
		while (clock_monotonic() < end)
			__builtin_ia32_pause();
	} while (came != before && came < MOST && end < last);
	irq_disable();
	rtc_stop(b);
	print_line("  %u came", came);
	if (came < LEAST)
		return check_fail("the line was taken for one of edges");
	if (came >= MOST)
		return check_fail("the line was left open");
	return CHECK_PASS;
}
#else
static enum check_result run(void)
{
	return check_skip("this platform leaves devices to the core");
}
#endif

CHECK(device_storm, "a line that never falls silent is masked")
{
	return run();
}
