/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The x86 part of Unikraft's code for several CPUs. Unikraft's own does not
 * compile, needs an x2APIC and uses APIC ids as indices.
 */
#include <errno.h>

#include <uk/arch/lcpu.h>
#include <uk/asm/fsgsbase.h>
#include <uk/plat/common/lcpu.h>
#include <uk/plat/lcpu.h>

#include <plat/core.h>
#include <plat/core_uk.h>
#include <plat/cpus.h>
#include <plat/lapic.h>
#include <plat/traps.h>

/* As on Unikraft's own platforms: lines of the 8259 that nothing uses */
#define RUN_IRQ		13
#define WAKEUP_IRQ	14

void traps_lcpu_init(struct lcpu *this_lcpu);

void core_cpu_run(unsigned int cpu)
{
	struct lcpu *const this_lcpu = lcpu_get(cpu);

	this_lcpu->id = lapic_id();
	lcpu_entry_default(this_lcpu);
}

__lcpuid lcpu_arch_id(void)
{
	if (!lapic_init())
		core_crash("several CPUs need a local APIC");
	return lapic_id();
}

__lcpuidx lcpu_arch_idx(void)
{
	return traps_cpu();
}

int lcpu_arch_init(struct lcpu *this_lcpu)
{
	/* A further CPU has had its tables since it began. */
	if (lcpu_is_bsp(this_lcpu))
		traps_lcpu_init(this_lcpu);
	wrgsbase((__uptr)this_lcpu);
	wrkgsbase((__uptr)this_lcpu);
	return 0;
}

void lcpu_arch_jump_to(void *sp, ukplat_lcpu_entry_t entry)
{
	__asm__ __volatile__("movq %0, %%rsp\n\t"
			     "andq $~15, %%rsp\n\t"
			     "xorl %%ebp, %%ebp\n\t"
			     "pushq $0\n\t"
			     "jmp *%1"
			     : : "r"(sp), "r"(entry) : "memory");
	__builtin_unreachable();
}

int lcpu_arch_mp_init(void *arg __unused)
{
	unsigned int i;

	for (i = 1; cpus_has(i); i++)
		if (!lcpu_alloc(cpus[i].apic_id))
			return -ENOMEM;
	return 0;
}

int lcpu_arch_start(struct lcpu *lcpu, unsigned long flags __unused)
{
	const uint64_t stack = (uint64_t)lcpu->s_args.stackp;

	/* A page that is mapped on first use would fault, without a handler. */
	((volatile uint64_t *)stack)[-1] = 0;
	return cpus_start(lcpu->idx, stack) ? -EIO : 0;
}

int lcpu_arch_post_start(const __lcpuidx idx[], unsigned int *num)
{
	struct lcpu *lcpu;
	unsigned int i, n;
	int rc = 0;

	cpus_wait();
	lcpu_lcpuidx_list_foreach(idx, num, n, i, lcpu) {
		if (cpus_running(lcpu->idx))
			continue;
		rc = -EIO;
		lcpu->error_code = rc;
		lcpu->state = LCPU_STATE_HALTED;
	}
	return rc;
}

int lcpu_arch_run(struct lcpu *lcpu, const struct ukplat_lcpu_func *fn,
		  unsigned long flags __unused)
{
	int rc = lcpu_fn_enqueue(lcpu, fn);

	if (!rc)
		lapic_send((uint32_t)lcpu->id, 32 + (uint32_t)*lcpu_run_irqv);
	return rc;
}

int lcpu_arch_wakeup(struct lcpu *lcpu)
{
	lapic_send((uint32_t)lcpu->id, 32 + (uint32_t)*lcpu_wakeup_irqv);
	return 0;
}

void core_smp_init(void)
{
	const int rc = lcpu_mp_init(RUN_IRQ, WAKEUP_IRQ, NULL);

	if (rc)
		core_crash("interrupts between CPUs: Unikraft failed with %d",
			   rc);
}
