/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Each attempt has a number, which stands in one word with how far it is. A CPU
 * that comes (1) while the others are gathered writes the number down and
 * stays; (2) when the attempt has been given up, sees that and goes on; (3) in
 * the next attempt, because of the first one's interrupt, counts for the next
 * one; the second interrupt then finds it (4) there, held back by its flag, and
 * comes after its release, when nothing is gathered: as (2).
 */
#include <plat/clock.h>
#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/hypercall.h>
#include <plat/hypervisor.h>
#include <plat/lapic.h>
#include <plat/suspend.h>
#include <plat/suspend_park.h>

#define VCPUOP_IS_UP	3

/* Other CPUs may run on the same processor, one after the other. */
#define GATHER_NSEC	(NSEC_PER_SEC / 5)

enum progress {
	OVER,		/* also: given up */
	GATHER,
	STAND,
	GO,		/* nothing was lost */
	GO_LOST,
};

#define PROGRESS_BITS	3

static uint32_t attempt;	/* its number and progress */
static uint32_t parked[CPUS_MAX], released[CPUS_MAX];

static uint32_t park_look(const uint32_t *word)
{
	return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

static void park_set(uint32_t *word, uint32_t value)
{
	__atomic_store_n(word, value, __ATOMIC_RELEASE);
}

static uint32_t number_of(uint32_t state)
{
	return state >> PROGRESS_BITS;
}

static enum progress progress_of(uint32_t state)
{
	return state & ((1U << PROGRESS_BITS) - 1);
}

static void advance(enum progress to)
{
	park_set(&attempt, number_of(attempt) << PROGRESS_BITS | to);
}

/*
 * Whether a CPU has to be parked. One that has halted with interrupts off is
 * down for Xen, and nothing ever wakes it.
 */
static bool is_up(unsigned int cpu)
{
	return cpus_running(cpu) &&
	       hypercall3(HYPERCALL_VCPU_OP, VCPUOP_IS_UP, cpus[cpu].id, 0) > 0;
}

/* One that is on its way cannot be parked, and may run at any moment. */
static bool is_starting(unsigned int cpu)
{
	const uint32_t state = park_look(&cpus[cpu].state);

	return state == CPU_STATE_STARTING || state == CPU_STATE_CLAIMED;
}

static bool all_parked(uint32_t number)
{
	unsigned int i;

	for (i = 1; cpus_has(i); i++)
		if (is_starting(i) ||
		    (is_up(i) && park_look(&parked[i]) != number))
			return false;
	return true;
}

bool suspend_park_others(void)
{
	const uint64_t end = clock_monotonic() + GATHER_NSEC;
	const uint32_t number = number_of(attempt) + 1;
	unsigned int i;

	park_set(&attempt, number << PROGRESS_BITS | GATHER);
	for (i = 1; cpus_has(i); i++)
		if (is_up(i))
			lapic_send(cpus[i].apic_id, SUSPEND_IRQ + 32);
	while (!all_parked(number)) {
		if (clock_monotonic() > end) {
			advance(OVER);
			return false;
		}
		hypervisor_yield();
	}
	advance(STAND);
	return true;
}

void suspend_release_others(bool lost)
{
	const uint32_t number = number_of(attempt);
	unsigned int i;

	advance(lost ? GO_LOST : GO);
	for (i = 1; cpus_has(i); i++)
		while (park_look(&parked[i]) == number &&
		       park_look(&released[i]) != number)
			hypervisor_yield();
	advance(OVER);
}

static void resume_this_cpu(bool lost)
{
	unsigned int i;

	for (i = 0; suspend_parts[i]; i++)
		if (suspend_parts[i]->resume_cpu)
			suspend_parts[i]->resume_cpu(lost);
	lapic_timer_start(1);
	core_note_work();
}

void suspend_park(void)
{
	const unsigned int cpu = core_cpu();
	const uint32_t begin = park_look(&attempt);
	uint32_t now;

	if (progress_of(begin) != GATHER)
		return;
	park_set(&parked[cpu], number_of(begin));
	while (park_look(&attempt) == begin)
		hypervisor_yield();
	/* No call of Xen from here on: the guest may go on under another one */
	while (progress_of(now = park_look(&attempt)) == STAND)
		__builtin_ia32_pause();
	if (number_of(now) != number_of(begin) || progress_of(now) == OVER)
		return;
	resume_this_cpu(progress_of(now) == GO_LOST);
	park_set(&released[cpu], number_of(now));
}
