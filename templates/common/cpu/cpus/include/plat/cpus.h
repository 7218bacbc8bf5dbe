/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * CPUs are numbered: 0 is the boot CPU, the others follow in the order in which
 * they were found.
 */
#ifndef PLAT_CPUS_H
#define PLAT_CPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <plat/core_limits.h>
#include <plat/cpu_table.h>
#include <plat/machine.h>

/*
 * How many CPUs there is room for: as many as both machine.h and the core's
 * configuration have. All tables with an entry for each CPU are of this size.
 */
#if CORE_MAX_CPUS < MACHINE_MAX_CPUS
#define CPUS_MAX	CORE_MAX_CPUS
#else
#define CPUS_MAX	MACHINE_MAX_CPUS
#endif /* CORE_MAX_CPUS < MACHINE_MAX_CPUS */

struct cpu {
	uint32_t id;		/* as its starter names it */
	uint32_t apic_id;	/* expected; read from the APIC once it runs */
	uint64_t stack;		/* what it begins on */
	uint32_t state;
};

_Static_assert(offsetof(struct cpu, id) == CPU_ID, "CPU id");
_Static_assert(offsetof(struct cpu, apic_id) == CPU_APIC_ID, "CPU APIC id");
_Static_assert(offsetof(struct cpu, stack) == CPU_STACK, "CPU stack");
_Static_assert(offsetof(struct cpu, state) == CPU_STATE, "CPU state");
_Static_assert(sizeof(struct cpu) == CPU_SIZE, "CPU size");

struct memory_map;

/* A way in which a machine has its further CPUs started */
struct cpu_starter {
	const char *name;
	/**
	 * Calls cpus_add() for each CPU; may take memory that it needs.
	 * @return whether this is the way on this machine
	 */
	bool (*find)(struct memory_map *map);
	/** Lets a CPU go to cpu_start64. @return 0, or what went wrong */
	int (*start)(const struct cpu *c);
	/** Once more, for one that is slow to answer; NULL if that is no use */
	void (*start_again)(const struct cpu *c);
};

extern const struct cpu_starter *const machine_cpus[];

extern struct cpu cpus[CPUS_MAX];
extern unsigned int cpus_count;

/* Both bounds: with room for one CPU a compiler sees that there is no other. */
static inline bool cpus_has(unsigned int cpu)
{
	return cpu < cpus_count && cpu < CPUS_MAX;
}

/** Finds the CPUs, as many as the core wants, and takes memory for them. */
void cpus_init(struct memory_map *map);

/** Adds one that was found; its APIC id need not be certain. */
void cpus_add(uint32_t id, uint32_t apic_id);

/**
 * Lets a CPU begin, on a stack that ends at `stack`.
 * @return 0, or below 0 if it cannot be started
 */
int cpus_start(unsigned int cpu, uint64_t stack);

/**
 * Waits until all that were started have answered, for a second at most, and
 * says which have not.
 * @return how many CPUs run, this one included
 */
unsigned int cpus_wait(void);

/** Whether a CPU has been started and has answered. */
bool cpus_running(unsigned int cpu);

/* In cpus_start.S: 64-bit mode, RDI holds the CPU's entry of the table */
void cpu_start64(void);

/* Called by it on the CPU's own stack */
_Noreturn void cpus_enter(struct cpu *c);

#endif /* PLAT_CPUS_H */
