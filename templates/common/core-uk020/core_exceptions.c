/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * In an exception the core trusts no register: it tells the CPU by where the
 * stack lies. There is one CPU, so every stack is its own.
 */
#include <uk/plat/common/lcpu.h>
#include <uk/plat/lcpu.h>

__uptr traps_lcpu_get_except_stack_base(void);

__isr __uptr traps_lcpu_get_except_stack_base(void)
{
	return ukarch_read_sp();
}

__isr __uptr ukplat_lcpu_get_auxsp_in_except(void)
{
	return lcpu_get_bsp()->auxsp;
}
