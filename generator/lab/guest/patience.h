/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How long a check waits until what it waits for counts as lost. A busy host runs
 * a guest's CPUs late, by seconds where 33 of them share one emulated processor.
 */
#ifndef GUEST_PATIENCE_H
#define GUEST_PATIENCE_H

#include <stdbool.h>

#include <plat/clock.h>
#include <plat/smp.h>

#define PATIENCE	(30 * NSEC_PER_SEC)

/** A CPU that does not take a call within smp's own patience is asked again. */
static inline bool call_surely(int (*how)(unsigned int, void (*)(void *),
					  void *),
			       unsigned int cpu, void (*fn)(void *), void *arg)
{
	const uint64_t end = clock_monotonic() + PATIENCE;

	while (how(cpu, fn, arg))
		if (clock_monotonic() > end)
			return false;
	return true;
}

#endif /* GUEST_PATIENCE_H */
