/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Every CPU sends events to every one, itself included, through a port for each
 * pair. One event is under way at a time and port, so that each must be counted
 * once, on the right CPU. At random the sender masks the port before and opens it
 * afterwards, which for another CPU's port is a race with that CPU's own look at it.
 * Who waits for long sleeps, and is woken by the CPU that got the event.
 *
 * number: 27
 * on: xl xen-dom0
 * because: only Xen has event channels
 * with: argument=300 vcpus=2 limit=150
 * with: argument=400 vcpus=4 on=xl limit=150
 * with: argument=200 vcpus=33 memory=128 on=xl limit=150
 */
#include <bare/check.h>

#if __has_include(<plat/events.h>)
#include <plat/clock.h>
#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/events.h>
#include <plat/smp.h>
#include <plat/timer.h>

#include "number.h"
#include "patience.h"

#define PAIRS		1000		/* ports, of the 1023 that Xen gives */
#define SPINS		1000
#define SLEEP_NSEC	2000000UL

static struct pair {
	uint32_t port;
	unsigned int sender, target;
	unsigned int seen;
} pairs[PAIRS];

/* CPUs that send; with many, each to some neighbours only */
static unsigned int cpu_count, neighbours, begun, finished;
static unsigned long rounds;
static const char *wrong;

static void seen(uint32_t port, void *data)
{
	struct pair *p = data;

	if (p->port != port || p->target != core_cpu())
		wrong = "an event came to a CPU that it was not for";
	__atomic_add_fetch(&p->seen, 1, __ATOMIC_RELEASE);
	if (p->sender == p->target)
		core_note_work();
	else
		smp_wake(p->sender);
}

static unsigned int seen_of(const struct pair *p)
{
	return __atomic_load_n(&p->seen, __ATOMIC_ACQUIRE);
}

static bool arrives(const struct pair *p, unsigned int before)
{
	const uint64_t end = clock_monotonic() + PATIENCE;

	unsigned int i;

	for (i = 0; i < SPINS && seen_of(p) == before; i++)
		__asm__ __volatile__("pause");
	/* With interrupts off a wake-up between look and sleep is kept. */
	__asm__ __volatile__("cli" : : : "memory");
	while (seen_of(p) == before && clock_monotonic() < end && !wrong)
		timer_block_until(end);
	__asm__ __volatile__("sti" : : : "memory");
	return seen_of(p) != before;
}

static const char *one(struct pair *p, bool masked)
{
	const unsigned int before = seen_of(p);

	if (masked)
		events_mask(p->port);
	if (events_send(p->port) < 0)
		return "sending failed";
	if (masked) {
		if (seen_of(p) != before)
			return "a masked event came";
		events_unmask(p->port);
	}
	if (!arrives(p, before))
		return masked ? "an event was lost behind the mask"
			      : "an event was lost";
	return seen_of(p) == before + 1 ? NULL : "an event came twice";
}

static void all_reach(unsigned int *point)
{
	__atomic_add_fetch(point, 1, __ATOMIC_RELEASE);
	while (__atomic_load_n(point, __ATOMIC_ACQUIRE) < cpu_count) {
		__asm__ __volatile__("cli" : : : "memory");
		timer_block_until(clock_monotonic() + SLEEP_NSEC);
		__asm__ __volatile__("sti" : : : "memory");
	}
}

static void storm(void *arg)
{
	struct pair *const mine = &pairs[core_cpu() * neighbours];
	uint32_t random = core_cpu() + 1;
	const char *bad = NULL;
	unsigned long i;

	(void)arg;
	__asm__ __volatile__("sti");
	all_reach(&begun);
	for (i = 0; i < rounds && !bad && !wrong; i++) {
		random = random * 1664525 + 1013904223;
		bad = one(&mine[(random >> 16) % neighbours], random >> 31);
	}
	if (bad)
		wrong = bad;
	/* Others still send to this CPU: its interrupts stay on until all end. */
	all_reach(&finished);
	__asm__ __volatile__("cli");
}

static const char *open_ports(void)
{
	unsigned int cpu, i;
	struct pair *p = pairs;
	long port;

	for (cpu = 0; cpu < cpu_count; cpu++)
		for (i = 0; i < neighbours; i++, p++) {
			p->sender = cpu;
			p->target = (cpu + i) % cpu_count;
			port = events_bind_ipi(p->target, seen, p);
			if (port < 0)
				return "there is no port to be had";
			p->port = (uint32_t)port;
			events_unmask(p->port);
		}
	return NULL;
}
#endif

CHECK(event_cpus, "events reach the CPU they are for, each of them once")
{
#if __has_include(<plat/events.h>)
	unsigned long total = 0;
	unsigned int i;
	uint64_t begin;

	cpu_count = cpus_count;
	if (cpu_count < 2)
		return check_skip("one CPU runs");
	neighbours = cpu_count * cpu_count <= PAIRS ? cpu_count
						    : PAIRS / cpu_count;
	rounds = number(arg) / cpu_count;
	wrong = open_ports();
	if (wrong)
		return check_fail("%s", wrong);
	begin = clock_monotonic();
	for (i = 1; i < cpu_count; i++)
		if (!call_surely(smp_run, i, storm, NULL))
			return check_fail("CPU %u is deaf", i);
	storm(NULL);
	if (wrong)
		return check_fail("%s", wrong);
	for (i = 0; i < cpu_count * neighbours; i++) {
		total += pairs[i].seen;
		events_close(pairs[i].port);
	}
	if (total != rounds * cpu_count)
		return check_fail("%lu events instead of %lu", total,
				  rounds * cpu_count);
	print_line("  %lu events by %u ports to %u CPUs, %lu ns each", total,
		   cpu_count * neighbours, cpu_count,
		   (unsigned long)((clock_monotonic() - begin) / total));
	return CHECK_PASS;
#else
	return check_skip("only Xen has event channels");
#endif
}
