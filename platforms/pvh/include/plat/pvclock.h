/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/time/pvclock/include/plat/pvclock.h. DO NOT EDIT. */
/*
 * Source: Xen, public/xen.h (struct vcpu_time_info); Linux,
 * Documentation/virt/kvm/x86/msr.rst, which has the same layout.
 */
#ifndef PLAT_PVCLOCK_H
#define PLAT_PVCLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Instead of a time: the record stays in change, or its scale is none */
#define PVCLOCK_LOST		UINT64_MAX

#define PVCLOCK_TSC_STABLE	1	/* flags: all CPUs' records agree */

struct pvclock_time {
	uint32_t version;		/* odd while the host changes it */
	uint32_t pad0;
	uint64_t tsc_timestamp;
	uint64_t system_time;		/* ns at tsc_timestamp */
	uint32_t tsc_to_system_mul;	/* 0.32 fraction: ns per shifted tick */
	int8_t tsc_shift;
	uint8_t flags;
	uint8_t pad1[2];
};

struct pvclock_wall {
	uint32_t version;
	uint32_t sec;			/* of system_time 0, since 1970 UTC */
	uint32_t nsec;
};

_Static_assert(sizeof(struct pvclock_time) == 32, "pvclock size");
_Static_assert(offsetof(struct pvclock_time, tsc_shift) == 28,
	       "pvclock shift");

/**
 * Nanoseconds of system time now. PVCLOCK_LOST lies after every moment, so it
 * ends whatever waits for one.
 */
uint64_t pvclock_now(const volatile struct pvclock_time *t);

/** Whether time never goes back from one CPU to another. */
static inline bool pvclock_stable(const volatile struct pvclock_time *t)
{
	return t->flags & PVCLOCK_TSC_STABLE;
}

/**
 * Nanoseconds since 1970 UTC at system time 0, or PVCLOCK_LOST. `sec_hi` is 0
 * if there is none.
 */
uint64_t pvclock_wall_start(const volatile struct pvclock_wall *w,
			    const volatile uint32_t *sec_hi);

#endif /* PLAT_PVCLOCK_H */
