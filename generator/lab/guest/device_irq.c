/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The device is the clock's periodic interrupt. Where the platform has no
 * numbers for devices' interrupts, the check does to the two 8259s what the
 * core's driver does: new vectors, the masks as they were found, then the
 * device's own line and no other.
 *
 * number: 33
 * on: qemu-pc qemu-pc-kvm qemu-q35* qemu-microvm*
 * because: a guest of Xen has no such device, and of the two pc one will do
 * with: argument=0
 * with: argument=1 vcpus=2 on="qemu-q35* qemu-microvm*"
 */
#include <bare/check.h>
#include <plat/clock.h>
#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/interrupts.h>
#include <plat/smp.h>

#include "device.h"
#include "number.h"

#define PIC1		0x20
#define PIC2		0xa0
#define DATA		1
#define ICW1		0x11
#define ICW4_8086	0x01
#define EOI		0x20

#define WANTED		10U

extern const struct interrupt_controller pic __attribute__((weak));

static volatile unsigned int came, elsewhere;
static unsigned int wanted_cpu;

#if HAVE_DEVICE_IRQS
static void prepare(void)
{
	device_irqs_init();
	device_irq_configure(RTC_IRQ, IRQ_AS_USUAL, wanted_cpu);
}

static void open(void)
{
	device_irq_unmask(RTC_IRQ);
}

static void done(void)
{
	device_irq_done(RTC_IRQ);
}

static void shut(void)
{
	device_irq_mask(RTC_IRQ);
}
#else
static void remap(uint16_t port, uint8_t vector, uint8_t cascade)
{
	const uint8_t mask = inb(port + DATA);

	outb(port, ICW1);
	outb(port + DATA, vector);
	outb(port + DATA, cascade);
	outb(port + DATA, ICW4_8086);
	outb(port + DATA, mask);
}

static void prepare(void)
{
	remap(PIC1, 32, 1 << 2);
	remap(PIC2, 40, 2);
}

static void open(void)
{
	outb(PIC2 + DATA, inb(PIC2 + DATA) & ~(1U << (RTC_IRQ - 8)));
}

static void done(void)
{
	outb(PIC2, EOI);
	outb(PIC1, EOI);
}

static void shut(void)
{
	outb(PIC2 + DATA, 0xff);
}
#endif

static void handler(void)
{
	came++;
	elsewhere += core_cpu() != wanted_cpu;
	rtc_get(RTC_C);
	done();
}

CHECK(device_irq, "a device's interrupts come once its line is open")
{
	uint64_t end;
	uint8_t b;

	wanted_cpu = (unsigned int)number(arg);
	if (!&pic)
		return check_skip("this platform has no 8259");
	if (wanted_cpu && !has_ioapic())
		return check_skip("an 8259 interrupts the CPU that boots only");
	if (wanted_cpu && !cpus_running(wanted_cpu))
		return check_fail("CPU %u does not run", wanted_cpu);
	prepare();
	core_irq_register(RTC_IRQ, handler);
	open();
	b = rtc_start();
	if (b == RTC_ABSENT)
		return check_skip("this machine has no clock that interrupts");
	irq_enable();
	end = clock_monotonic() + NSEC_PER_SEC;
	while (came < WANTED && clock_monotonic() < end)
		__builtin_ia32_pause();
	irq_disable();
	rtc_stop(b);
	shut();
	if (came < WANTED)
		return check_fail("%u of %u came within a second", came,
				  WANTED);
	if (elsewhere)
		return check_fail("%u came to another CPU", elsewhere);
	return CHECK_PASS;
}
