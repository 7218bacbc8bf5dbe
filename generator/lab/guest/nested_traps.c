/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An NMI comes within any handler, and a debugger's traps within one another.
 * Each of them inside each other one here, by the instruction that calls its
 * gate; all return, to the instruction behind the one that called.
 *
 * number: 9
 * unemulated: an NMI that INT 2 raises
 */
#include <bare/check.h>

#define DEBUG		1
#define NMI		2
#define BREAKPOINT	3

static const int numbers[] = { DEBUG, NMI, BREAKPOINT };

#define NUMBERS	(sizeof(numbers) / sizeof(*numbers))

/* A handler is no call that a compiler sees. */
static volatile int inner;
static volatile unsigned int came, returned;

static void raise(int number)
{
	switch (number) {
	case DEBUG:
		__asm__ __volatile__("int $1" : : : "memory");
		break;
	case NMI:
		__asm__ __volatile__("int $2" : : : "memory");
		break;
	default:
		__asm__ __volatile__("int $3" : : : "memory");
	}
	returned++;
}

static bool handler(int number)
{
	const int next = inner;

	if (number > BREAKPOINT)
		return false;
	came++;
	inner = 0;
	if (next)
		raise(next);
	return true;
}

CHECK(nested_traps, "an NMI, #DB and #BP come back, each within each other one")
{
	unsigned int i, j;

	check_exception = handler;
	for (i = 0; i < NUMBERS; i++)
		for (j = 0; j < NUMBERS; j++) {
			if (i == j)
				continue;
			came = 0;
			returned = 0;
			inner = numbers[j];
			raise(numbers[i]);
			if (came != 2 || returned != 2)
				return check_fail("%d within %d: %u came, %u returned",
						  numbers[j], numbers[i], came,
						  returned);
		}
	check_exception = NULL;
	return CHECK_PASS;
}
