/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/console/com1/com1.c. DO NOT EDIT. */
/*
 * A 16550, polled, 115200 baud, eight bits, no parity.
 * Source: National Semiconductor, PC16550D data sheet
 */
#include <plat/console.h>
#include <plat/pc_ports.h>
#include <plat/x86.h>

#define COM1_IER	(COM1_DATA + 1)
#define COM1_FCR	(COM1_DATA + 2)
#define COM1_LCR	(COM1_DATA + 3)
#define COM1_MCR	(COM1_DATA + 4)
#define COM1_SCRATCH	(COM1_DATA + 7)

#define LCR_8N1		0x03
#define LCR_DLAB	0x80
#define FCR_ENABLE	0x07
#define MCR_DTR_RTS	0x03

/*
 * A stuck line must not stop the guest, but a busy host may be slow. So the
 * first letter waits for about half a second, whatever the TSC's rate, and
 * those that follow it wait briefly until the line moves again.
 */
#define PUTC_TICKS	(1UL << 30)
#define STUCK_TICKS	(1UL << 17)

static bool stuck;

static bool com1_init(void)
{
	outb(COM1_SCRATCH, 0x5a);
	if (inb(COM1_SCRATCH) != 0x5a)
		return false;
	outb(COM1_IER, 0);
	outb(COM1_LCR, LCR_DLAB);
	outb(COM1_DATA, 1);		/* divisor 1: 115200 baud */
	outb(COM1_IER, 0);
	outb(COM1_LCR, LCR_8N1);
	outb(COM1_FCR, FCR_ENABLE);
	outb(COM1_MCR, MCR_DTR_RTS);
	return true;
}

static void com1_putc(char c)
{
	const uint64_t ticks = stuck ? STUCK_TICKS : PUTC_TICKS;
	uint64_t begin;

	if (!(inb(COM1_LSR) & LSR_THRE)) {
		begin = rdtsc();
		do
			stuck = rdtsc() - begin > ticks;
		while (!stuck && !(inb(COM1_LSR) & LSR_THRE));
	} else {
		stuck = false;
	}
	outb(COM1_DATA, c);
}

static int com1_getc(void)
{
	return inb(COM1_LSR) & LSR_DATA ? inb(COM1_DATA) : -1;
}

const struct console com1 = {
	.name = "COM1",
	.init = com1_init,
	.putc = com1_putc,
	.getc = com1_getc,
	.standard = true,
};
