/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The serial port interrupts when it can take more text: each time that this is
 * asked for anew. It is there on machines without an 8259 and without a clock.
 * Source: National Semiconductor PC16550D data sheet.
 *
 * number: 33
 * on: qemu-microvm*
 * because: device_irq waits for a line of theirs
 * with: argument=acpi
 * with: argument=nopic on=qemu-microvm machine=pic=off,pit=off,rtc=off
 * with: argument=mp on=qemu-microvm machine=acpi=off,pic=off,pit=off ends=triple-fault says="device_line: pass"
 */
#include <bare/check.h>
#include <plat/clock.h>
#include <plat/core.h>

#include "device.h"

#define COM1		0x3f8
#define ENABLE		(COM1 + 1)
#define CAUSE		(COM1 + 2)
#define MODEM		(COM1 + 4)
#define CAN_SEND	0x02
#define OUT2		0x08	/* a PC's gate between the port and its line */
#define COM1_IRQ	4
#define WANTED		10U

#if HAVE_DEVICE_IRQS
static volatile unsigned int came;

static void handler(void)
{
	came++;
	inb(CAUSE);
	device_irq_done(COM1_IRQ);
}

static bool comes(unsigned int which)
{
	const uint64_t end = clock_monotonic() + NSEC_PER_SEC;

	outb(ENABLE, CAN_SEND);
	while (came < which && clock_monotonic() < end)
		__builtin_ia32_pause();
	outb(ENABLE, 0);
	return came == which;
}

static enum check_result run(void)
{
	const uint8_t modem = inb(MODEM);
	unsigned int i;

	device_irqs_init();
	core_irq_register(COM1_IRQ, handler);
	device_irq_unmask(COM1_IRQ);
	outb(MODEM, modem | OUT2);
	irq_enable();
	for (i = 1; i <= WANTED && comes(i); i++)
		;
	irq_disable();
	outb(MODEM, modem);
	device_irq_mask(COM1_IRQ);
	if (i <= WANTED)
		return check_fail("number %u: %u came", i, came);
	return CHECK_PASS;
}
#else
static enum check_result run(void)
{
	return check_skip("this platform leaves devices to the core");
}
#endif

CHECK(device_line, "the serial port's interrupts come, one by one")
{
	return run();
}
