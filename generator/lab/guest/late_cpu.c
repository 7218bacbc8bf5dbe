/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sends CPU 1 once more through the code that it began with. `late`: it has been
 * given up meanwhile, and what was its stack belongs to somebody else. `slow`: it
 * has come in time, but takes longer than a CPU that does not answer is given.
 *
 * number: 26
 * with: argument=late vcpus=2
 * with: argument=slow vcpus=2
 */
#include <bare/check.h>
#include <bare/string.h>
#include <plat/clock.h>
#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/smp.h>

#define PATTERN		0x5a
#define WATCH_NSEC	(NSEC_PER_SEC / 5)
#define SLOW_NSEC	(NSEC_PER_SEC / 2 * 3)

static uint8_t taken_back[4096] __attribute__((aligned(16)));
static bool go, under_way;

static void wait(uint64_t nsec)
{
	const uint64_t end = clock_monotonic() + nsec;

	while (clock_monotonic() < end)
		__builtin_ia32_pause();
}

static void await_go(void)
{
	while (!__atomic_load_n(&go, __ATOMIC_ACQUIRE))
		__builtin_ia32_pause();
}

static void come_late(void *arg)
{
	await_go();
	__atomic_store_n(&under_way, true, __ATOMIC_RELEASE);
	__asm__ __volatile__("cli; jmp cpu_start64" : : "D"(arg) : "memory");
}

static void come_slowly(void *arg)
{
	struct cpu *const c = arg;

	await_go();
	wait(SLOW_NSEC);
	__atomic_store_n(&c->state, CPU_STATE_RUNNING, __ATOMIC_RELEASE);
}

static enum check_result late(struct cpu *c)
{
	unsigned int i;

	memset(taken_back, PATTERN, sizeof(taken_back));
	if (smp_run(1, come_late, c))
		return check_fail("CPU 1 takes no task");
	c->stack = (uint64_t)(taken_back + sizeof(taken_back));
	c->state = CPU_STATE_SILENT;
	__atomic_store_n(&go, true, __ATOMIC_RELEASE);
	wait(WATCH_NSEC);
	if (!__atomic_load_n(&under_way, __ATOMIC_ACQUIRE))
		return check_fail("CPU 1 has not begun");
	for (i = 0; i < sizeof(taken_back); i++)
		if (taken_back[i] != PATTERN)
			return check_fail("CPU 1 wrote %lu bytes below the end",
					  (unsigned long)sizeof(taken_back) - i);
	return cpus_running(1) ? check_fail("CPU 1 runs") : CHECK_PASS;
}

static enum check_result slow(struct cpu *c)
{
	unsigned int running;

	if (smp_run(1, come_slowly, c))
		return check_fail("CPU 1 takes no task");
	c->state = CPU_STATE_CLAIMED;
	__atomic_store_n(&go, true, __ATOMIC_RELEASE);
	running = cpus_wait();
	return running == 2 ? CHECK_PASS : check_fail("%u run", running);
}

CHECK(late_cpu, "a CPU that comes too late touches nothing, a slow one counts")
{
	if (!cpus_has(1) || !cpus_running(1))
		return check_fail("CPU 1 does not run");
	__asm__ __volatile__("sti");
	return strcmp(arg, "late") ? slow(&cpus[1]) : late(&cpus[1]);
}
