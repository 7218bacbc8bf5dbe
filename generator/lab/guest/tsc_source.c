/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Asks every way to learn the TSC's rate again, and tells what it cost.
 *
 * number: 23
 * on: qemu-*
 * because: a counter that is emulated twice is too slow to be compared with
 */
#include <bare/check.h>
#include <plat/x86.h>

#if __has_include(<plat/tsc_frequency.h>)
#include <plat/tsc_frequency.h>
#else
struct tsc_frequency_source {
	const char *name;
	uint64_t (*hz)(void);
};
#endif

#define PPM_LIMIT	1000UL	/* between two sources, on a busy host */

extern const struct tsc_frequency_source *const machine_tsc_frequencies[]
	__attribute__((weak));

CHECK(tsc_source, "all sources of the TSC's rate agree")
{
	uint64_t hz, least = UINT64_MAX, most = 0, begin;
	unsigned int i;

	if (!machine_tsc_frequencies)
		return check_skip("this platform needs no TSC rate");
	for (i = 0; machine_tsc_frequencies[i]; i++) {
		begin = rdtsc();
		hz = machine_tsc_frequencies[i]->hz();
		print_line("  %s: %lu Hz in %lu ticks",
			   machine_tsc_frequencies[i]->name, (unsigned long)hz,
			   (unsigned long)(rdtsc() - begin));
		if (!hz)
			continue;
		least = hz < least ? hz : least;
		most = hz > most ? hz : most;
	}
	if (!most)
		return check_fail("no source knows the rate");
	if (most - least > least / (1000000UL / PPM_LIMIT))
		return check_fail("they are %lu Hz apart",
				  (unsigned long)(most - least));
	return CHECK_PASS;
}
