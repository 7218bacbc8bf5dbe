/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Waits with interrupts off, built for the host with ports and pauses of any
 * price: a serial port that never becomes ready, and consoles that another CPU
 * never gives back. However fast or slow a turn is, they end within a second of
 * a TSC between 1 and 5 GHz, and not before 0.1 s.
 */
#include <stdio.h>
#include <stdlib.h>

#include <console/com1/com1.c>
#include <console/console/console.c>

#define LEAST_TICKS	500000000UL	/* 0.1 s at 5 GHz */
#define MOST_TICKS	2000000000UL	/* 2 s at 1 GHz, below 1 s from 2 GHz */
#define SHORT_TICKS	10000000UL

static uint64_t ticks, cost;
static unsigned int cpu, letters;
static bool ready;

static void must(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "does not hold: %s, with %lu ticks a turn\n", what,
		(unsigned long)cost);
	exit(1);
}

uint64_t rdtsc(void)
{
	return ticks += cost / 2;
}

uint8_t inb(uint16_t port)
{
	ticks += cost;
	return port == COM1_LSR && ready ? LSR_THRE : 0;
}

void outb(uint16_t port, uint8_t v)
{
	(void)v;
	letters += port == COM1_DATA;
}

unsigned int core_cpu(void)
{
	return cpu;
}

const struct console *const machine_consoles[] = { &com1, NULL };

static uint64_t spent(const char *text)
{
	const uint64_t begin = ticks;

	console_write(text, 1);
	return ticks - begin;
}

int main(void)
{
	uint64_t first;

	present[0] = true;
	for (cost = 100; cost <= 10000000; cost *= 10) {
		ready = false;
		stuck = false;
		first = spent("x");
		must(first >= LEAST_TICKS, "a busy host gets its time");
		must(first <= MOST_TICKS, "a stuck line ends the wait");
		must(spent("x") <= SHORT_TICKS + 10 * cost,
		     "a line known as stuck costs little");
		ready = true;
		spent("x");
		must(!stuck, "a line that moves is not stuck");

		/* CPU 1 has the consoles and is never heard of again. */
		writer = 2;
		letters = 0;
		first = spent("x");
		must(first >= LEAST_TICKS && letters == 1,
		     "another CPU gets its time");
		must(first <= MOST_TICKS, "a dead CPU's lock is taken");
		must(spent("x") <= SHORT_TICKS + 10 * cost,
		     "the next text need not wait");
	}
	return 0;
}
