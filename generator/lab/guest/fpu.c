/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 12
 * unemulated: SSE
 */
#include <stdbool.h>

#include <bare/check.h>
#include <bare/string.h>
#include <plat/clock.h>
#include <plat/lapic.h>
#include <plat/timer.h>
#include <plat/x86.h>

#define WAIT_NSEC	300000UL
#define ROUNDS		20
#define CR4_OSXSAVE_BIT	(1UL << 18)
#define XCR0_AVX_BIT	4U

/* The legacy area and the AVX upper halves in standard layout */
struct state {
	uint8_t legacy[512];
	uint8_t header[64];
	uint8_t avx[256];
} __attribute__((aligned(64)));

static struct state before, after;

static bool have_avx(void)
{
	uint32_t low, high;

	if (!(read_cr4() & CR4_OSXSAVE_BIT))
		return false;
	__asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
	return low & XCR0_AVX_BIT;
}

static void save(struct state *s, bool avx)
{
	if (avx)
		__asm__ __volatile__("xsave64 %0" : "+m"(*s)
				     : "a"(7), "d"(0) : "memory");
	else
		__asm__ __volatile__("fxsave64 %0" : "=m"(*s) : : "memory");
}

static void load(const struct state *s, bool avx)
{
	if (avx)
		__asm__ __volatile__("xrstor64 %0" : : "m"(*s), "a"(7), "d"(0)
				     : "memory");
	else
		__asm__ __volatile__("fxrstor64 %0" : : "m"(*s) : "memory");
}

CHECK(fpu, "SSE and AVX registers keep their values over interrupts")
{
	const bool avx = have_avx();
	unsigned int i, round;

	save(&before, avx);
	/* Sixteen XMM registers, and their upper halves */
	for (i = 0; i < 256; i++) {
		before.legacy[160 + i] = (uint8_t)(i * 7 + 1);
		before.avx[i] = (uint8_t)(i * 11 + 3);
	}
	before.header[0] = avx ? 7 : 0;
	for (round = 0; round < ROUNDS; round++) {
		load(&before, avx);
		timer_block_until(clock_monotonic() + WAIT_NSEC);
		save(&after, avx);
		if (memcmp(&before.legacy[160], &after.legacy[160], 256))
			return check_fail("an XMM register has changed");
		if (avx && memcmp(before.avx, after.avx, 256))
			return check_fail("a YMM register has changed");
	}
	print_line("  %u interrupts, AVX is %s", ROUNDS, avx ? "on" : "off");
	return CHECK_PASS;
}
