/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/hypervisor/include/plat/hypervisor.h. DO NOT EDIT. */
/*
 * What a hypervisor adds to the machine that it shows. An image may know
 * several; the guest uses one of them.
 */
#ifndef PLAT_HYPERVISOR_H
#define PLAT_HYPERVISOR_H

#include <stdbool.h>
#include <stdint.h>

struct memory_map;

/* A function that is NULL has nothing to do. */
struct hypervisor {
	const char *name;

	/**
	 * Looks for the hypervisor and prepares calls to it; on the boot
	 * stack, before memory is known.
	 */
	bool (*find)(void);

	/** Adds the memory map that it provides; 0, or -1 if that failed. */
	int (*memory_map)(struct memory_map *map);

	/** Places its shared pages; the map is resolved. */
	void (*map)(struct memory_map *map);

	/** Lets another CPU run, which may share this one's processor. */
	void (*yield)(void);

	/* The LAPIC timer's rate where it is fixed, in Hz; or 0 */
	uint32_t lapic_timer_hz;

	/* Whether port 0xe9 shows text though it may not read as 0xe9 */
	bool debug_port;
};

/* In the order in which they are looked for */
extern const struct hypervisor *const machine_hypervisors[];

/** Finds the hypervisor; the guest ends as crashed if there is none it knows */
void hypervisor_init(void);

/**
 * Adds the memory map that the hypervisor itself provides.
 * @return 0, or -1 if it provides none
 */
int hypervisor_memory_map(struct memory_map *map);

/** Places the hypervisor's shared pages; the map is resolved. */
void hypervisor_map(struct memory_map *map);

/** Passes time while another CPU has something to do. */
void hypervisor_yield(void);

/** The rate that the hypervisor gives each LAPIC timer, in Hz, or 0. */
uint32_t hypervisor_lapic_timer_hz(void);

/** Whether the hypervisor is known to take text at port 0xe9. */
bool hypervisor_has_debug_port(void);

/**
 * Base of the CPUID leaves of a hypervisor with the given 12 byte signature.
 * Source: Linux, Documentation/virt/kvm/cpuid.rst; Xen, arch-x86/cpuid.h
 * @return the leaf, or 0 if there is none
 */
uint32_t hypervisor_cpuid_base(const char signature[12]);

/** The base of the range after `base`, or the first one after 0; 0 ends them */
uint32_t hypervisor_cpuid_next(uint32_t base);

/* Rates that a hypervisor reports by CPUID, in kHz; 0 if it does not */
struct hypervisor_rates {
	uint32_t tsc;
	uint32_t lapic_timer;
};

/** Source: Linux, Documentation/virt/kvm/cpuid.rst; VMware's leaf 0x40000010 */
struct hypervisor_rates hypervisor_rates(void);

#endif /* PLAT_HYPERVISOR_H */
