/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The shared page as a 64-bit guest sees it.
 * Source: Xen, public/xen.h (struct shared_info), public/arch-x86/xen.h.
 */
#ifndef PLAT_SHARED_INFO_H
#define PLAT_SHARED_INFO_H

#include <stddef.h>
#include <stdint.h>

#include <plat/pvclock.h>

#define XEN_LEGACY_MAX_VCPUS	32

struct vcpu_info {
	uint8_t evtchn_upcall_pending;
	uint8_t pad0[7];
	uint64_t evtchn_pending_sel;
	uint64_t cr2;
	uint64_t pad1;
	struct pvclock_time time;
};

struct shared_info {
	struct vcpu_info vcpu_info[XEN_LEGACY_MAX_VCPUS];
	uint64_t evtchn_pending[64];
	uint64_t evtchn_mask[64];
	struct pvclock_wall wc;
	uint32_t wc_sec_hi;
};

_Static_assert(sizeof(struct vcpu_info) == 64, "vcpu_info");
_Static_assert(offsetof(struct shared_info, evtchn_pending) == 2048,
	       "shared_info pending");
_Static_assert(offsetof(struct shared_info, evtchn_mask) == 2560,
	       "shared_info mask");
_Static_assert(offsetof(struct shared_info, wc) == 3072, "shared_info wc");
_Static_assert(offsetof(struct shared_info, wc_sec_hi) == 3084,
	       "shared_info wc_sec_hi");

#define VCPUOP_REGISTER_VCPU_INFO	10

struct vcpu_register_vcpu_info {
	uint64_t mfn;
	uint32_t offset;
	uint32_t pad;
};

struct memory_map;

/** The shared page; valid after shared_info_map(). */
extern volatile struct shared_info *shared_info;

/** The part of it that is about one CPU. */
volatile struct vcpu_info *vcpu_info(unsigned int cpu);

/**
 * Has Xen keep a further CPU's part in the image: the shared page has room for
 * the first 32 CPUs only. The CPU is not up yet.
 * @return 0 or -errno
 */
long vcpu_info_register(unsigned int cpu);

/** Maps it at a physical address. @return 0 or -errno */
long shared_info_place(uint64_t at);

void shared_info_mask_all(void);

/** Maps it into a hole of `map`, and adds it there as device memory. */
void shared_info_map(struct memory_map *map);

#endif /* PLAT_SHARED_INFO_H */
