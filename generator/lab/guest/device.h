/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Devices' interrupts as far as the platform serves them: the numbers of
 * plat/device_irqs.h where it has them, else the 8259 as Unikraft's driver
 * treats it. Source: Intel 8259A and Motorola MC146818A data sheets.
 */
#ifndef GUEST_DEVICE_H
#define GUEST_DEVICE_H

#if __has_include(<plat/device_irqs.h>)
#include <plat/device_irqs.h>
#define HAVE_DEVICE_IRQS	1
#else
#define HAVE_DEVICE_IRQS	0
#endif

#include <stdbool.h>

#include <plat/x86.h>

/* The clock of a PC, whose line is the first one of the second 8259 */
#define RTC_IRQ			8
#define RTC_INDEX		0x70
#define RTC_DATA		0x71
#define RTC_A			0x0a
#define RTC_B			0x0b
#define RTC_C			0x0c
#define RTC_A_1024_HZ		0x26
#define RTC_B_PERIODIC		0x40
#define RTC_ABSENT		0xff

static inline uint8_t rtc_get(uint8_t reg)
{
	outb(RTC_INDEX, reg);
	return inb(RTC_DATA);
}

static inline void rtc_set(uint8_t reg, uint8_t value)
{
	outb(RTC_INDEX, reg);
	outb(RTC_DATA, value);
}

/** Has it interrupt 1,024 times a second. @return what to restore, or absent */
static inline uint8_t rtc_start(void)
{
	const uint8_t b = rtc_get(RTC_B);

	if (b == RTC_ABSENT)
		return b;
	rtc_set(RTC_A, RTC_A_1024_HZ);
	rtc_set(RTC_B, b | RTC_B_PERIODIC);
	rtc_get(RTC_C);
	return b;
}

static inline void rtc_stop(uint8_t b)
{
	rtc_set(RTC_B, b);
	rtc_get(RTC_C);
}

/** Whether an IOAPIC takes the place of the 8259s here. */
static inline bool has_ioapic(void)
{
#if HAVE_DEVICE_IRQS
	return ioapic_present();
#else
	return false;
#endif
}

#endif /* GUEST_DEVICE_H */
