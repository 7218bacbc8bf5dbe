/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef PLAT_SMP_H
#define PLAT_SMP_H

#include <plat/lapic.h>

/* The interrupt that announces a call */
#define SMP_IRQ		(0xee - 32)

/** Prepares calls, before any further CPU runs. */
void smp_init(void);

/**
 * Calls fn(arg) on a CPU, there with interrupts off, and waits until it has
 * returned. Two CPUs may call each other at the same time.
 * @return 0, or -1 if the CPU does not take the call
 */
int smp_call(unsigned int cpu, void (*fn)(void *), void *arg);

/**
 * Calls fn(arg) on all CPUs that run, on this one last, and waits for all.
 * @return 0, or -1 if one did not take it; the others are called all the same
 */
int smp_call_all(void (*fn)(void *), void *arg);

/**
 * Has a CPU run fn(arg) when it is idle next, begun with interrupts off. Does
 * not wait for it. @return 0, or -1 if the CPU is deaf or has something to run
 */
int smp_run(unsigned int cpu, void (*fn)(void *), void *arg);

/** Ends the sleep of a CPU, if it is in timer_block_until(). */
void smp_wake(unsigned int cpu);

/** The loop of a further CPU: sleeps, and runs what smp_run() gave it. */
_Noreturn void smp_idle(void);

#endif /* PLAT_SMP_H */
