/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Every CPU says who it is, then takes calls from every other one. A call that is
 * lost, comes twice or runs elsewhere is found by the counters. The argument is
 * how many CPUs must run, and how many calls each takes.
 *
 * number: 26
 * with: argument=1/1000
 * with: argument=2/20000 vcpus=2 on="qemu-*" limit=90
 * with: argument=4/1000 vcpus=4 on="qemu-*" limit=90
 * with: argument=2/20 vcpus=2 on="like-*" limit=90
 * with: argument=4/20 vcpus=4 on="like-*" limit=90
 * with: argument=2/200 vcpus=2 on="x*" limit=90
 * with: argument=4/200 vcpus=4 on="x*" limit=90
 * with: argument=2/200 vcpus=2 maxvcpus=4 on=xl limit=90
 * with: argument=33/20 vcpus=33 memory=128 on=xl limit=150
 * because: 33 processors are Xen's first that need more than the shared page
 */
#include <bare/check.h>
#include <plat/clock.h>
#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/smp.h>
#include <plat/x86.h>

#include "number.h"
#include "patience.h"

/* The part of the calls that all make at the same time */
#define ACROSS		100

#define FLAGS_OF_CR0	(CR0_PG | CR0_WP | CR0_NE | CR0_PE)

static unsigned long counted[MACHINE_MAX_CPUS];
static uint64_t cr3, cr4;
static unsigned int strangers;

static void introduce(void *arg)
{
	const unsigned int cpu = core_cpu();

	(void)arg;
	print_line("  CPU %u: APIC id %u, clock at %lu us", cpu, lapic_id(),
		   (unsigned long)clock_monotonic() / 1000);
	if (read_cr3() != cr3 || read_cr4() != cr4 ||
	    (uint32_t)(read_cr0() & FLAGS_OF_CR0) != (uint32_t)FLAGS_OF_CR0 ||
	    lapic_id() != cpus[cpu].apic_id)
		__atomic_add_fetch(&strangers, 1, __ATOMIC_RELAXED);
}

/* Each CPU's own counter: only one CPU may ever write it. */
static void count(void *arg)
{
	if (arg == &counted[core_cpu()])
		counted[core_cpu()]++;
}

static const char *call_each(unsigned long calls)
{
	unsigned int cpu;
	unsigned long i;
	uint64_t begin;

	for (cpu = 0; cpus_has(cpu); cpu++) {
		if (!cpus_running(cpu))
			continue;
		counted[cpu] = 0;
		begin = clock_monotonic();
		for (i = 0; i < calls; i++)
			if (!call_surely(smp_call, cpu, count,
					 &counted[cpu]))
				return "a CPU is deaf";
		if (counted[cpu] != calls)
			return "a call was lost or came twice";
		print_line("  CPU %u: %lu calls, %lu ns each", cpu, calls,
			   (unsigned long)((clock_monotonic() - begin) / calls));
	}
	return NULL;
}

/* All CPUs call each other at the same time. */
static unsigned long crossed;
static unsigned int deaf, called;

static void cross(void *arg)
{
	(void)arg;
	__atomic_add_fetch(&crossed, 1, __ATOMIC_RELAXED);
}

static void call_others(void *arg)
{
	const unsigned long calls = *(const unsigned long *)arg;
	unsigned int cpu;
	unsigned long i;

	for (i = 0; i < calls; i++)
		for (cpu = 0; cpus_has(cpu); cpu++)
			if (cpu != core_cpu() && cpus_running(cpu) &&
			    !call_surely(smp_call, cpu, cross, NULL))
				__atomic_add_fetch(&deaf, 1, __ATOMIC_RELAXED);
	__atomic_add_fetch(&called, 1, __ATOMIC_RELEASE);
}

static bool all_call_others(unsigned long calls)
{
	const uint64_t end = clock_monotonic() + PATIENCE;
	unsigned int cpu, asked = 1;

	for (cpu = 1; cpus_has(cpu); cpu++) {
		if (!cpus_running(cpu))
			continue;
		if (!call_surely(smp_run, cpu, call_others, &calls))
			return false;
		asked++;
	}
	call_others(&calls);
	while (__atomic_load_n(&called, __ATOMIC_ACQUIRE) != asked)
		if (clock_monotonic() > end)
			return false;
	return !deaf;
}

/* Takes what call_surely() wants, for all CPUs. */
static int all(unsigned int cpu, void (*fn)(void *), void *arg)
{
	(void)cpu;
	return smp_call_all(fn, arg);
}

CHECK(smp, "every CPU runs with its own tables and takes every call")
{
	const unsigned long cpu = number(arg);
	unsigned int i, running = 0;
	unsigned long calls, want;
	const char *wrong;

	for (; *arg && *arg != '/'; arg++)
		;
	calls = *arg ? number(arg + 1) : 0;
	cr3 = read_cr3();
	cr4 = read_cr4();
	for (i = 0; cpus_has(i); i++)
		running += cpus_running(i);
	if (running != cpu)
		return check_fail("%u CPUs instead of %lu", running, cpu);
	__asm__ __volatile__("sti");
	if (!call_surely(all, 0, introduce, NULL))
		return check_fail("not all CPUs took the first call");
	if (strangers)
		return check_fail("%u CPUs are not set up as the first is",
				  strangers);
	wrong = call_each(calls);
	if (wrong)
		return check_fail("%s", wrong);
	calls = calls / ACROSS + 1;
	if (!all_call_others(calls))
		return check_fail("%u calls across were not taken", deaf);
	__asm__ __volatile__("cli");
	want = cpu * (cpu - 1) * calls;
	if (crossed != want)
		return check_fail("%lu calls across instead of %lu", crossed,
				  want);
	print_line("  %lu calls across", crossed);
	return CHECK_PASS;
}
