/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk021/core_smp.c. DO NOT EDIT. */
/*
 * Several CPUs: the platform finds them when it boots and starts them when the
 * application asks Unikraft to. Both number them in the same way. Unikraft
 * initialises a CPU in the function that it begins with; one that begins with
 * the application's is initialised here.
 */
#include <errno.h>

#include <uk/lcpu.h>
#include <uk/lcpu/pm.h>
#include <uk/pcpuvar.h>
#include <uk/plat/config.h>

#include <plat/core.h>
#include <plat/core_uk.h>
#include <plat/cpus.h>
#include <plat/halt.h>
#include <plat/lapic.h>
#include <plat/x86.h>

unsigned int core_cpu(void)
{
	return (unsigned int)uk_pcpuvar_current_get(uk_pcpuvar_cpu_idx);
}

/* Unikraft has tables and stacks for as many CPUs as it is configured for. */
size_t core_cpu_memory(void)
{
	return 0;
}

void core_cpu_prepare(unsigned int cpu, uint64_t memory)
{
	(void)cpu;
	(void)memory;
}

void core_cpu_init(unsigned int cpu)
{
	const uint64_t base = cpu * (uint64_t)_uk_pcpuvar_tmpl_size_ptr;

	wrmsr(MSR_GS_BASE, base);
	wrmsr(MSR_KERNEL_GS_BASE, base);
}

/* What a CPU begins with if the application gives it nothing */
static __uptr unikrafts_entry;

static void smp_init_cpu(unsigned int cpu)
{
	int rc;

	if (uk_pcpuvar_lval(cpu, UK_LCPU_SENTRY_SYM) == unikrafts_entry)
		return;
	rc = uk_lcpu_init(&uk_pcpuvar_lval(cpu, uk_lcpus));
	if (rc)
		core_crash("initialising CPU %u failed with %d", cpu, rc);
}

void core_cpu_run(unsigned int cpu)
{
	void (*const entry)(__uptr) __noreturn =
		(void *)uk_pcpuvar_lval(cpu, UK_LCPU_SENTRY_SYM);

	uk_pcpuvar_current_set(uk_pcpuvar_cpu_id, (__u64)lapic_id());
	smp_init_cpu(cpu);
	entry(uk_pcpuvar_lval(cpu, UK_LCPU_SARG_SYM));
}

static int smp_start(__u64 idx)
{
	const __uptr stack = uk_pcpuvar_lval(idx, UK_LCPU_SSTACKP_SYM);

	/* A page that is mapped on first use would fault, without a handler. */
	((volatile __u64 *)stack)[-1] = 0;
	return cpus_start((unsigned int)idx, stack) ? -EIO : 0;
}

static int smp_wait_for(const __u64 idx[], unsigned int *num)
{
	struct uk_lcpu *lcpu;
	unsigned int i;
	int rc = 0;

	cpus_wait();
	for (i = 0; i < *num; i++) {
		if (cpus_running((unsigned int)idx[i]))
			continue;
		lcpu = &uk_pcpuvar_lval(idx[i], uk_lcpus);
		rc = -EIO;
		lcpu->error_code = rc;
		lcpu->state = UK_LCPU_STATE_HALTED;
	}
	return rc;
}

static void smp_halt(void)
{
	__asm__ __volatile__("hlt" : : : "memory");
}

static int smp_note_entry(__u64 idx)
{
	unikrafts_entry = uk_pcpuvar_lval(idx, UK_LCPU_SENTRY_SYM);
	return -EIO;
}

static int smp_wait_for_none(const __u64 idx[] __unused,
			     unsigned int *num __unused)
{
	return 0;
}

/* Its name is not to be had: a start that fails tells the address. */
static void smp_find_entry(void)
{
	static const struct uk_lcpu_pm_ops ops = {
		.start = smp_note_entry,
		.post_start = smp_wait_for_none,
	};
	const __u64 idx[] = { 1 };
	__u64 stack[] = { 0 };
	unsigned int num = 1;

	if (!cpus_has(1))
		return;
	uk_lcpu_pm_ops_register(&ops);
	uk_lcpu_start(idx, &num, stack, NULL, 0);
	uk_pcpuvar_lval(1, uk_lcpus).error_code = 0;
	uk_pcpuvar_lval(1, uk_lcpus).state = UK_LCPU_STATE_OFFLINE;
}

void core_smp_name_boot_cpu(void)
{
	uk_pcpuvar_lval(0, uk_pcpuvar_cpu_id) = lapic_id();
}

void core_smp_init(void)
{
	static const struct uk_lcpu_pm_ops ops = {
		.start = smp_start,
		.post_start = smp_wait_for,
		.halt = smp_halt,
		.halt_irq = halt_until_irq,
	};
	unsigned int i;
	int rc;

	for (i = 1; cpus_has(i); i++) {
		uk_pcpuvar_lval(i, uk_pcpuvar_cpu_id) = cpus[i].apic_id;
		uk_pcpuvar_lval(i, uk_pcpuvar_cpu_idx) = i;
	}
	smp_find_entry();
	uk_lcpu_pm_ops_register(&ops);
	rc = uk_lcpu_mp_init(CONFIG_LIBUKLCPU_RUN_IRQ,
			     CONFIG_LIBUKLCPU_WAKEUP_IRQ);
	if (rc)
		core_crash("interrupts between CPUs: Unikraft failed with %d",
			   rc);
}
