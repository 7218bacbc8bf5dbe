/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/kvm/kvmclock/kvmclock.c. DO NOT EDIT. */
/*
 * Source: Linux, Documentation/virt/kvm/cpuid.rst and x86/msr.rst. The date is
 * written whenever its MSR is set, which costs an exit.
 */
#include <stddef.h>

#include <plat/clock.h>
#include <plat/clock_alone.h>
#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/hypervisor.h>
#include <plat/pvclock.h>
#include <plat/x86.h>

#define KVM_FEATURES			1
#define KVM_FEATURE_CLOCKSOURCE2	(1U << 3)
#define MSR_KVM_WALL_CLOCK_NEW		0x4b564d00
#define MSR_KVM_SYSTEM_TIME_NEW		0x4b564d01
#define KVM_FEATURE_CLOCKSOURCE_STABLE	(1U << 24)
#define SYSTEM_TIME_ENABLE		1
#define DATE_KEPT_NSEC			100000000UL

_Static_assert(PVCLOCK_LOST == CLOCK_LOST, "one word for a lost clock");

/* Each CPU has its record: the TSCs of CPUs need not agree. */
static struct pvclock_time system_time[CPUS_MAX]
	__attribute__((aligned(64)));
static struct pvclock_wall wall_time __attribute__((aligned(64)));

/* Whether the records say if the CPUs' TSCs agree */
static bool flags_valid;

static void kvmclock_init_cpu(void)
{
	wrmsr(MSR_KVM_SYSTEM_TIME_NEW,
	      (uint64_t)&system_time[core_cpu()] | SYSTEM_TIME_ENABLE);
}

static bool kvmclock_init(void)
{
	const uint32_t base = hypervisor_cpuid_base("KVMKVMKVM\0\0");
	uint32_t features;

	if (!base)
		return false;
	features = cpuid(base + KVM_FEATURES, 0).eax;
	if (!(features & KVM_FEATURE_CLOCKSOURCE2))
		return false;
	flags_valid = features & KVM_FEATURE_CLOCKSOURCE_STABLE;
	kvmclock_init_cpu();
	return true;
}

static uint64_t kvmclock_monotonic(void)
{
	return pvclock_now(&system_time[core_cpu()]);
}

static uint64_t kvmclock_alone(void)
{
	const uint64_t start = clock_start;
	const uint64_t now = pvclock_now(&system_time[0]);

	return now == CLOCK_LOST ? clock_lost() : clock_alone(start, now);
}

static uint64_t kvmclock_wall(void)
{
	uint64_t begin, now;

	wrmsr(MSR_KVM_WALL_CLOCK_NEW, (uint64_t)&wall_time);
	begin = pvclock_wall_start(&wall_time, NULL);
	now = kvmclock_monotonic();
	return begin == PVCLOCK_LOST || now == PVCLOCK_LOST ? CLOCK_LOST
							    : begin + now;
}

static bool kvmclock_stable(void)
{
	return flags_valid && pvclock_stable(&system_time[core_cpu()]);
}

const struct clock_source kvmclock = {
	.name = "kvmclock",
	.init = kvmclock_init,
	.monotonic = kvmclock_monotonic,
	.alone = kvmclock_alone,
	.wall = kvmclock_wall,
	.wall_every = DATE_KEPT_NSEC,
	.stable = kvmclock_stable,
	.init_cpu = kvmclock_init_cpu,
};
