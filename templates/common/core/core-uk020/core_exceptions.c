/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * In an exception Unikraft trusts no register: it derives the CPU's number from
 * the stack's place in an array. Our stacks are no array, but the CPU is known:
 * the base returned here is the one from which Unikraft derives that number.
 */
#include <uk/plat/common/lcpu.h>
#include <uk/plat/config.h>
#include <uk/plat/lcpu.h>

#include <plat/core.h>

/* How many stacks Unikraft counts for each CPU */
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
