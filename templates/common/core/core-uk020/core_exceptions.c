/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * In an exception the core trusts no register: it tells the CPU by where the
 * stack lies, in an array of its own making. We know the CPU, and answer with
 * the base from which the core comes to the same number.
 */
#include <uk/plat/common/lcpu.h>
#include <uk/plat/config.h>
#include <uk/plat/lcpu.h>

#include <plat/core.h>

/* How many stacks the core counts for each CPU */
#define STACKS_OF_CORE	3

__uptr traps_lcpu_get_except_stack_base(void);

__isr __uptr traps_lcpu_get_except_stack_base(void)
{
	return ukarch_read_sp() -
	       core_cpu() * (__uptr)CPU_EXCEPT_STACK_SIZE * STACKS_OF_CORE;
}

__isr __uptr ukplat_lcpu_get_auxsp_in_except(void)
{
	return lcpu_get(core_cpu())->auxsp;
}
