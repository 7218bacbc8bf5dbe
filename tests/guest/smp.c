/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Until a platform starts more processors, it has neither of the two calls,
 * and the check skips.
 *
 * number: 26
 * with: vcpus=2
 * with: vcpus=4
 * with: vcpus=33 on=xl
 * because: 33 processors are Xen's first that need more than the shared page
 */
#include <bare/check.h>

#define CALLS	1000

/** How many processors run. */
unsigned int smp_count(void) __attribute__((weak));
/** Calls fn(arg) on another processor by an interrupt; returns when done. */
int smp_call(unsigned int cpu, void (*fn)(void *), void *arg)
	__attribute__((weak));

static void count(void *arg)
{
	__atomic_add_fetch((unsigned long *)arg, 1, __ATOMIC_RELAXED);
}

CHECK(smp, "every processor runs and takes a thousand calls")
{
	unsigned long counted;
	unsigned int cpu, i;

	if (!smp_count || smp_count() < 2)
		return check_skip("one processor runs");
	for (cpu = 1; cpu < smp_count(); cpu++) {
		for (counted = i = 0; i < CALLS; i++)
			if (smp_call(cpu, count, &counted))
				return check_fail("processor %u is deaf", cpu);
		if (counted != CALLS)
			return check_fail("processor %u took %lu calls", cpu,
					  counted);
	}
	return CHECK_PASS;
}
