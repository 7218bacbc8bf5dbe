/* SPDX-License-Identifier: BSD-3-Clause */
#include <plat/clock.h>
#include <plat/pvclock.h>
#include <plat/x86.h>

/*
 * A host changes a record within microseconds, and this is 0.1 s or so. But
 * time passes as well while the host runs something else in this CPU's place,
 * and then it changes the record: a few reads may fail for that.
 */
#define PATIENCE_TICKS	(1UL << 28)
#define PATIENCE_READS	16

/* Beyond it a TSC would run below 1 Hz or above 2^61 Hz. */
#define MAX_SHIFT	32

static uint64_t time_at(const volatile struct pvclock_time *t, uint64_t tsc)
{
	const uint32_t mul = t->tsc_to_system_mul;
	const int shift = t->tsc_shift;
	uint64_t delta = tsc - t->tsc_timestamp;

	if (!mul || shift > MAX_SHIFT || shift < -MAX_SHIFT)
		return PVCLOCK_LOST;
	/* The TSC of this CPU may trail the host's stamp by a little */
	if ((int64_t)delta < 0)
		delta = 0;
	if (shift < 0)
		delta >>= -shift;
	else
		delta <<= shift;
	return t->system_time + mul_shift32(delta, mul);
}

uint64_t pvclock_now(const volatile struct pvclock_time *t)
{
	const uint64_t begin = rdtsc();
	uint64_t now, tsc = begin;
	unsigned int reads = 0;
	uint32_t version;

	do {
		version = t->version;
		compiler_barrier();
		now = time_at(t, tsc);
		compiler_barrier();
		if (!(version & 1) && version == t->version)
			return now;
		tsc = rdtsc();
	} while (++reads < PATIENCE_READS || tsc - begin < PATIENCE_TICKS);
	return PVCLOCK_LOST;
}

uint64_t pvclock_wall_start(const volatile struct pvclock_wall *w,
			    const volatile uint32_t *sec_hi)
{
	const uint64_t begin = rdtsc();
	unsigned int reads = 0;
	uint32_t version, nsec;
	uint64_t sec;

	do {
		version = w->version;
		compiler_barrier();
		sec = w->sec;
		if (sec_hi)
			sec |= (uint64_t)*sec_hi << 32;
		nsec = w->nsec;
		compiler_barrier();
		if (!(version & 1) && version == w->version)
			return sec * NSEC_PER_SEC + nsec;
	} while (++reads < PATIENCE_READS || rdtsc() - begin < PATIENCE_TICKS);
	return PVCLOCK_LOST;
}
