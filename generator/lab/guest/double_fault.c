/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The stack for faults is taken away, so that no fault can be delivered any
 * more: the processor then raises a double fault, which has another stack.
 *
 * number: 9
 * ends: crash
 * says: exception 8: #DF double fault, error code 0x0
 * says: RIP {double_fault_here} CS  0008
 */
#include <bare/check.h>
#include <plat/page_tables.h>

#include "task_state.h"

CHECK(double_fault, "a fault that cannot be delivered becomes #DF, no reset")
{
	volatile char *page = (volatile char *)(stack_top(TRAP_STACK_FAULT) -
						PAGE_SIZE);

	/* Once used, the page stays usable if unmapping forgets the TLB. */
	*page = 1;
	page_tables_unmap((uint64_t)page);
	__asm__ __volatile__(".globl double_fault_here\n"
			     "double_fault_here: ud2");
	return check_fail("ud2 went through");
}
