/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Source: Linux, Documentation/virt/kvm/cpuid.rst and x86/msr.rst. The date is
 * written once, when its MSR is set.
 */
#include <stddef.h>

#include <plat/clock.h>
#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/hypervisor.h>
#include <plat/pvclock.h>
#include <plat/x86.h>

#define KVM_FEATURES			1
#define KVM_FEATURE_CLOCKSOURCE2	(1U << 3)
#define MSR_KVM_WALL_CLOCK_NEW		0x4b564d00
#define MSR_KVM_SYSTEM_TIME_NEW		0x4b564d01
#define SYSTEM_TIME_ENABLE		1

/* A record for each CPU: their TSCs need not agree. */
static struct pvclock_time system_time[MACHINE_MAX_CPUS]
	__attribute__((aligned(64)));
static struct pvclock_wall wall_time __attribute__((aligned(64)));

static void kvmclock_init_cpu(void)
{
	wrmsr(MSR_KVM_SYSTEM_TIME_NEW,
	      (uint64_t)&system_time[core_cpu()] | SYSTEM_TIME_ENABLE);
}

static bool kvmclock_init(void)
{
	const uint32_t base = hypervisor_cpuid_base("KVMKVMKVM\0\0");

	if (!base || !(cpuid(base + KVM_FEATURES, 0).eax &
		       KVM_FEATURE_CLOCKSOURCE2))
		return false;
	kvmclock_init_cpu();
	return system_time[0].tsc_to_system_mul != 0;
}

static uint64_t kvmclock_monotonic(void)
{
	return pvclock_now(&system_time[core_cpu()]);
}

static uint64_t kvmclock_wall(void)
{
	wrmsr(MSR_KVM_WALL_CLOCK_NEW, (uint64_t)&wall_time);
	return pvclock_wall_start(&wall_time, NULL) +
	       kvmclock_monotonic();
}

const struct clock_source kvmclock = {
	.name = "kvmclock",
	.init = kvmclock_init,
	.monotonic = kvmclock_monotonic,
	.wall = kvmclock_wall,
	.init_cpu = kvmclock_init_cpu,
};
