/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/pit/pit.c. DO NOT EDIT. */
/*
 * Channel 2 counts down 16 bits at 1.193182 MHz. It drives the speaker, not an
 * interrupt, so nobody else depends on it. Source: Intel 8254 data sheet.
 */
#include <plat/tsc_frequency.h>
#include <plat/x86.h>

#define PIT_CHANNEL2		0x42
#define PIT_COMMAND		0x43
#define PIT_GATE		0x61
#define GATE_COUNT		0x01
#define GATE_SPEAKER		0x02
#define CHANNEL2_RATE		0xb4	/* both bytes, mode 2, binary */
#define CHANNEL2_LATCH		0x80
#define PIT_HZ			1193182

static uint32_t pit_read(void)
{
	uint8_t low;

	outb(PIT_COMMAND, CHANNEL2_LATCH);
	low = inb(PIT_CHANNEL2);
	return (uint32_t)(inb(PIT_CHANNEL2) << 8 | low);
}

static uint64_t tsc_pit_hz(void)
{
	const struct tsc_reference ref = {
		.hz = PIT_HZ,
		.mask = 0xffff,
		.down = true,
		.read = pit_read,
	};
	const uint8_t gate = inb(PIT_GATE);
	uint64_t hz;

	outb(PIT_GATE, (uint8_t)((gate & ~GATE_SPEAKER) | GATE_COUNT));
	outb(PIT_COMMAND, CHANNEL2_RATE);
	outb(PIT_CHANNEL2, 0);		/* 0 counts as 65536 */
	outb(PIT_CHANNEL2, 0);
	hz = tsc_measure(&ref);
	outb(PIT_GATE, gate);
	return hz;
}

const struct tsc_frequency_source tsc_by_pit = {
	.name = "PIT",
	.hz = tsc_pit_hz,
};
