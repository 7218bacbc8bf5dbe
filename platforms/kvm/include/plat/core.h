/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-contract/include/plat/core.h. DO NOT EDIT. */
/*
 * What platform code may ask of the core, which is Unikraft or, for checks, the
 * bare core. Everything that faces the machine uses these calls only; the
 * core-* components implement them for each core level.
 */
#ifndef PLAT_CORE_H
#define PLAT_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct boot_info;

/** Writes a line of information to the core's log. Ends the line itself. */
void core_log(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/** The same for a line that must be seen, whatever the log leaves out. */
void core_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/**
 * Says what is wrong on every console, then ends the guest with the
 * hypervisor's crash state. Safe from the first C instruction on.
 */
_Noreturn void core_crash(const char *fmt, ...)
	__attribute__((format(printf, 1, 2)));

/**
 * Zeroed memory for the loader's data. It is valid until the core enables
 * interrupts.
 */
struct boot_info *core_boot_info(void);

/** Loads exception tables, so that every later fault is reported. */
void core_traps_init(void);

/** Puts a guard page below each stack of exceptions; tables can be split now */
void core_guard_stacks(void);

/**
 * Gives memory, modules and the command line to the core and never returns.
 * Interrupts are off, the final page rights are in force.
 */
_Noreturn void core_enter(const struct boot_info *bi);

/** The number of the CPU that asks. */
unsigned int core_cpu(void);

/** How much memory core_cpu_prepare() needs for one further CPU. */
size_t core_cpu_memory(void);

/** Prepares, on the boot CPU, the tables and stacks of a further one. */
void core_cpu_prepare(unsigned int cpu, uint64_t memory);

/** Loads this CPU's exception tables; it is a further one and begins. */
void core_cpu_init(unsigned int cpu);

/** Gives this CPU to the core. */
_Noreturn void core_cpu_run(unsigned int cpu);

/** Calls `handler` with interrupts off whenever vector 32 + irq arrives. */
void core_irq_register(unsigned int irq, void (*handler)(void));

/**
 * Takes numbers in a row for interrupts that are messages (MSI). Only where
 * there is an IOAPIC.
 * @return the first one, or -1 if there are not as many left
 */
int core_irq_alloc(unsigned int count);

/**
 * Enables interrupts and halts in one step, so that no wake-up is lost;
 * returns with interrupts off after any interrupt.
 */
void core_halt_until_irq(void);

/** Notes that an interrupt brought work, so that a sleeper looks for it. */
void core_note_work(void);

/** Whether work was noted since the last call. */
bool core_take_pending_work(void);

/** A pointer to physical memory or device registers below 512 GiB. */
void *core_phys(uint64_t paddr);

#endif /* PLAT_CORE_H */
