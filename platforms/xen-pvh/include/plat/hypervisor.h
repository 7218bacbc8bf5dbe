/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/hypervisor/include/plat/hypervisor.h. DO NOT EDIT. */
/*
 * The duties that each hypervisor's layer fulfils in its own way.
 */
#ifndef PLAT_HYPERVISOR_H
#define PLAT_HYPERVISOR_H

#include <stdint.h>

struct memory_map;

/** Finds the hypervisor and prepares calls to it; before memory is known. */
void hypervisor_init(void);

/**
 * Adds the memory map that the hypervisor itself provides.
 * @return 0, or -1 if it provides none
 */
int hypervisor_memory_map(struct memory_map *map);

/** Places the hypervisor's shared pages; the map is resolved. */
void hypervisor_map(struct memory_map *map);

/**
 * Passes time while another CPU has something to do: lets it run, where the host
 * may have one processor for both.
 */
void hypervisor_yield(void);

/**
 * Base of the CPUID leaves of a hypervisor with the given 12 byte signature.
 * Source: Linux, Documentation/virt/kvm/cpuid.rst; Xen, arch-x86/cpuid.h
 * @return the leaf, or 0 if there is none
 */
uint32_t hypervisor_cpuid_base(const char signature[12]);

/* Rates that a hypervisor reports by CPUID, in kHz; 0 if it does not */
struct hypervisor_rates {
	uint32_t tsc;
	uint32_t lapic_timer;
};

/** Source: Linux, Documentation/virt/kvm/cpuid.rst; VMware's leaf 0x40000010 */
struct hypervisor_rates hypervisor_rates(void);

#endif /* PLAT_HYPERVISOR_H */
