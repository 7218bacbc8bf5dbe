/* SPDX-License-Identifier: BSD-3-Clause */
#include <plat/pvclock.h>
#include <plat/x86.h>

#define NSEC_PER_SEC	1000000000UL

uint64_t pvclock_now(const volatile struct pvclock_time *t)
{
	uint64_t delta, now;
	uint32_t version;

	do {
		version = t->version & ~1U;
		compiler_barrier();
		delta = rdtsc() - t->tsc_timestamp;
		/* The TSC of this CPU may trail the host's stamp by a little */
		if ((int64_t)delta < 0)
			delta = 0;
		if (t->tsc_shift < 0)
			delta >>= -t->tsc_shift;
		else
			delta <<= t->tsc_shift;
		now = t->system_time +
		      mul_shift32(delta, t->tsc_to_system_mul);
		compiler_barrier();
	} while (version != t->version);
	return now;
}

uint64_t pvclock_wall_start(const volatile struct pvclock_wall *w,
			    const volatile uint32_t *sec_hi)
{
	uint32_t version, nsec;
	uint64_t sec;

	do {
		version = w->version & ~1U;
		compiler_barrier();
		sec = w->sec;
		if (sec_hi)
			sec |= (uint64_t)*sec_hi << 32;
		nsec = w->nsec;
		compiler_barrier();
	} while (version != w->version);
	return sec * NSEC_PER_SEC + nsec;
}
