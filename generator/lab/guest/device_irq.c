/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Does to the two 8259s what the core's driver does: new vectors, the masks as
 * they were found, then the device's own line and no other. The device is the
 * clock's periodic interrupt, IRQ 8, the first that comes through the second
 * controller. Source: Intel 8259A and Motorola MC146818A data sheets.
 *
 * number: 33
 * on: qemu-*
 * because: a guest of Xen has no 8259
 */
#include <bare/check.h>
#include <plat/clock.h>
#include <plat/core.h>
#include <plat/interrupts.h>
#include <plat/x86.h>

#define PIC1		0x20
#define PIC2		0xa0
#define DATA		1
#define ICW1		0x11
#define ICW4_8086	0x01
#define EOI		0x20

#define CMOS_INDEX	0x70
#define CMOS_DATA	0x71
#define REG_A		0x0a
#define REG_B		0x0b
#define REG_C		0x0c
#define RATE_1024_HZ	0x26
#define B_PERIODIC	0x40
#define ABSENT		0xff

#define RTC_IRQ		8
#define WANTED		10U

extern const struct interrupt_controller pic __attribute__((weak));

static volatile unsigned int came;

static uint8_t rtc_get(uint8_t reg)
{
	outb(CMOS_INDEX, reg);
	return inb(CMOS_DATA);
}

static void rtc_set(uint8_t reg, uint8_t value)
{
	outb(CMOS_INDEX, reg);
	outb(CMOS_DATA, value);
}

static void remap(uint16_t port, uint8_t vector, uint8_t cascade)
{
	const uint8_t mask = inb(port + DATA);

	outb(port, ICW1);
	outb(port + DATA, vector);
	outb(port + DATA, cascade);
	outb(port + DATA, ICW4_8086);
	outb(port + DATA, mask);
}

static void handler(void)
{
	came++;
	rtc_get(REG_C);
	outb(PIC2, EOI);
	outb(PIC1, EOI);
}

CHECK(device_irq, "an interrupt of the second 8259 comes once its line is open")
{
	const uint8_t b = rtc_get(REG_B);
	uint64_t end;

	if (!&pic)
		return check_skip("this platform has no 8259");
	if (b == ABSENT)
		return check_skip("this machine has no clock that interrupts");
	remap(PIC1, 32, 1 << 2);
	remap(PIC2, 40, 2);
	core_irq_register(RTC_IRQ, handler);
	outb(PIC2 + DATA, inb(PIC2 + DATA) & ~(1U << (RTC_IRQ - 8)));
	rtc_set(REG_A, RATE_1024_HZ);
	rtc_set(REG_B, b | B_PERIODIC);
	rtc_get(REG_C);
	__asm__ __volatile__("sti");
	end = clock_monotonic() + NSEC_PER_SEC;
	while (came < WANTED && clock_monotonic() < end)
		__builtin_ia32_pause();
	__asm__ __volatile__("cli");
	rtc_set(REG_B, b);
	outb(PIC2 + DATA, 0xff);
	if (came < WANTED)
		return check_fail("%u of %u came within a second", came,
				  WANTED);
	return CHECK_PASS;
}
