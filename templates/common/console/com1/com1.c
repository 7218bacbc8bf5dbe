/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A 16550 at port 0x3f8, polled, 115200 baud, eight bits, no parity.
 * Source: National Semiconductor, PC16550D data sheet
 */
#include <plat/console.h>
#include <plat/x86.h>

#define COM1		0x3f8
#define UART_DATA	(COM1 + 0)
#define UART_IER	(COM1 + 1)
#define UART_FCR	(COM1 + 2)
#define UART_LCR	(COM1 + 3)
#define UART_MCR	(COM1 + 4)
#define UART_LSR	(COM1 + 5)
#define UART_SCRATCH	(COM1 + 7)

#define LCR_8N1		0x03
#define LCR_DLAB	0x80
#define FCR_ENABLE	0x07
#define MCR_DTR_RTS	0x03
#define LSR_DATA	0x01
#define LSR_THRE	0x20

/*
 * A line that is stuck must not stop the guest; a host that is only busy may
 * take its time. So the first letter waits for half a second or so, by TSCs of
 * any rate, and all that follow it wait little until the line moves again.
 */
#define PUTC_TICKS	(1UL << 30)
#define STUCK_TICKS	(1UL << 17)

static bool stuck;

static bool com1_init(void)
{
	outb(UART_SCRATCH, 0x5a);
	if (inb(UART_SCRATCH) != 0x5a)
		return false;
	outb(UART_IER, 0);
	outb(UART_LCR, LCR_DLAB);
	outb(UART_DATA, 1);		/* divisor 1: 115200 baud */
	outb(UART_IER, 0);
	outb(UART_LCR, LCR_8N1);
	outb(UART_FCR, FCR_ENABLE);
	outb(UART_MCR, MCR_DTR_RTS);
	return true;
}

static void com1_putc(char c)
{
	const uint64_t ticks = stuck ? STUCK_TICKS : PUTC_TICKS;
	uint64_t begin;

	if (!(inb(UART_LSR) & LSR_THRE)) {
		begin = rdtsc();
		do
			stuck = rdtsc() - begin > ticks;
		while (!stuck && !(inb(UART_LSR) & LSR_THRE));
	} else {
		stuck = false;
	}
	outb(UART_DATA, c);
}

static int com1_getc(void)
{
	return inb(UART_LSR) & LSR_DATA ? inb(UART_DATA) : -1;
}

const struct console com1 = {
	.name = "COM1",
	.init = com1_init,
	.putc = com1_putc,
	.getc = com1_getc,
	.standard = true,
};
