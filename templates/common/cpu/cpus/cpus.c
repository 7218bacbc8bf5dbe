/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A CPU that begins and the CPU that waits for it both change its state from
 * STARTING, each by one compare-and-exchange. If the CPU begins
 * (1) while it is waited for, it changes the state to CLAIMED, owns its stack
 *     from then on, and is waited for until it runs;
 * (2) at the moment in which the wait ends, the first exchange decides: the
 *     other one fails, and all goes on as in (1) or (3);
 * (3) after cpus_wait() has changed the state to SILENT, its exchange fails and
 *     it halts without touching its stack, which may be in use elsewhere;
 * (4) never, its state stays SILENT, and its stack is free for other uses.
 */
#include <plat/clock.h>
#include <plat/core.h>
#include <plat/cpu.h>
#include <plat/cpus.h>
#include <plat/hypervisor.h>
#include <plat/interrupts.h>
#include <plat/lapic.h>
#include <plat/memory_map.h>
#include <plat/page_tables.h>
#include <plat/x86_bits.h>

#define PATIENCE_NSEC	NSEC_PER_SEC
#define CLAIMED_NSEC	(10 * NSEC_PER_SEC)
#define AGAIN_NSEC	200000UL

struct cpu cpus[CPUS_MAX];
unsigned int cpus_count = 1;

_Static_assert(CPUS_MAX <= CORE_MAX_CPUS && CPUS_MAX <= MACHINE_MAX_CPUS,
	       "machine and core have room for each CPU");

static const struct cpu_starter *starter;
static unsigned int left_out;

void cpus_add(uint32_t id, uint32_t apic_id)
{
	if (cpus_count == CPUS_MAX) {
		left_out++;
		return;
	}
	cpus[cpus_count].id = id;
	cpus[cpus_count++].apic_id = apic_id;
}

/*
 * Only CPUs that exist get memory. Guard pages within it split large pages: the
 * tables for that come first.
 */
static void take_memory(struct memory_map *map)
{
	const uint64_t size = page_up(core_cpu_memory());
	const unsigned int found = cpus_count;
	uint64_t at = 0, tables = 0;
	unsigned int i;

	if (!size)
		return;
	for (; cpus_count > 1; cpus_count--) {
		tables = (cpus_count - 1) * size / PAGE_SIZE_2M + 2;
		at = memory_map_take(map, tables * PAGE_SIZE +
					  (cpus_count - 1) * size, FOUR_GIB);
		if (at)
			break;
	}
	if (cpus_count < found)
		core_error("CPUs: there is memory for %u of %u", cpus_count,
			   found);
	if (at)
		page_tables_give(at, tables);
	at += tables * PAGE_SIZE;
	for (i = 1; i < cpus_count; i++, at += size)
		core_cpu_prepare(i, at);
}

void cpus_init(struct memory_map *map)
{
	unsigned int i;

	cpus[0].state = CPU_STATE_RUNNING;
	if (CPUS_MAX < 2 || !lapic_init())
		return;
	cpus[0].apic_id = lapic_id();
	for (i = 0; machine_cpus[i]; i++) {
		starter = machine_cpus[i];
		if (starter->find(map))
			break;
	}
	if (left_out)
		core_error("CPUs: %u are not used, there is room for %u",
			   left_out, CPUS_MAX);
	if (cpus_count > 1)
		take_memory(map);
}

static bool change_state(struct cpu *c, uint32_t from, uint32_t to)
{
	return __atomic_compare_exchange_n(&c->state, &from, to, false,
					   __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}

static bool is(const struct cpu *c, uint32_t state)
{
	return __atomic_load_n(&c->state, __ATOMIC_ACQUIRE) == state;
}

int cpus_start(unsigned int cpu, uint64_t stack)
{
	struct cpu *c;
	int rc;

	if (!cpu || !cpus_has(cpu))
		return -1;
	c = &cpus[cpu];
	c->stack = stack;
	if (!change_state(c, CPU_STATE_FOUND, CPU_STATE_STARTING))
		return -1;
	rc = starter->start(c);
	if (rc) {
		change_state(c, CPU_STATE_STARTING, CPU_STATE_SILENT);
		core_error("CPU %u: %s cannot start it: %d", cpu,
			   starter->name, rc);
	}
	return rc;
}

/* Whether the CPU leaves this state before the moment `end` */
static bool leaves(const struct cpu *c, uint32_t state, uint64_t end)
{
	while (is(c, state)) {
		if (clock_monotonic() >= end)
			return false;
		hypervisor_yield();
	}
	return true;
}

unsigned int cpus_wait(void)
{
	const uint64_t begin = clock_monotonic();
	unsigned int i, running = 0;
	struct cpu *c;

	for (i = 1; cpus_has(i); i++)
		if (!leaves(&cpus[i], CPU_STATE_STARTING, begin + AGAIN_NSEC) &&
		    starter->start_again)
			starter->start_again(&cpus[i]);
	for (i = 0; cpus_has(i); i++) {
		c = &cpus[i];
		if (!leaves(c, CPU_STATE_STARTING, begin + PATIENCE_NSEC) &&
		    change_state(c, CPU_STATE_STARTING, CPU_STATE_SILENT))
			core_error("CPU %u, which %s knows as %u, does not answer",
				   i, starter->name, c->id);
		/* It has its stack, which cannot be taken back. */
		if (!leaves(c, CPU_STATE_CLAIMED, begin + CLAIMED_NSEC))
			core_crash("CPU %u has started, but is stuck", i);
		running += is(c, CPU_STATE_RUNNING);
	}
	return running;
}

bool cpus_running(unsigned int cpu)
{
	return cpus_has(cpu) && is(&cpus[cpu], CPU_STATE_RUNNING);
}

void cpus_enter(struct cpu *c)
{
	const unsigned int cpu = (unsigned int)(c - cpus);

	cpu_init();
	core_cpu_init(cpu);
	interrupts_init_cpu();
	clock_init_cpu();
	c->apic_id = lapic_id();
	cpu_check();
	__atomic_store_n(&c->state, CPU_STATE_RUNNING, __ATOMIC_RELEASE);
	core_cpu_run(cpu);
}
