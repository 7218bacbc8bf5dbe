/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What Unikraft asks of the CPU it runs on.
 */
#include <uk/arch/ctx.h>
#include <uk/plat/common/lcpu.h>
#include <uk/plat/lcpu.h>

#include <plat/core.h>
#include <plat/halt.h>
#include <plat/x86.h>

void ukplat_lcpu_enable_irq(void)
{
	irq_enable();
}

void ukplat_lcpu_disable_irq(void)
{
	irq_disable();
}

int ukplat_lcpu_irqs_disabled(void)
{
	return !(read_flags() & RFLAGS_IF);
}

unsigned long ukplat_lcpu_save_irqf(void)
{
	const unsigned long flags = read_flags();

	ukplat_lcpu_disable_irq();
	return flags;
}

void ukplat_lcpu_restore_irqf(unsigned long flags)
{
	if (flags & RFLAGS_IF)
		ukplat_lcpu_enable_irq();
	else
		ukplat_lcpu_disable_irq();
}

/* Nothing is ever held back: the flag alone decides about interrupts. */
void ukplat_lcpu_irqs_handle_pending(void)
{
}

void core_halt_until_irq(void)
{
	halt_until_irq();
}

void ukplat_lcpu_halt_irq(void)
{
	core_halt_until_irq();
}

__uptr ukplat_lcpu_get_auxsp(void)
{
	return lcpu_get_current()->auxsp;
}

/* The entry of system calls finds the CPU's data through the stack, too. */
void ukplat_lcpu_set_auxsp(__uptr auxsp)
{
	struct lcpu *const cpu = lcpu_get_current();

	cpu->auxsp = auxsp;
	ukarch_sysctx_set_gsbase(&ukarch_auxsp_get_cb(auxsp)->uksysctx,
				 (__uptr)cpu);
}
