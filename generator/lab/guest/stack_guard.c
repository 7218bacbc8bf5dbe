/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 9
 * with: argument=interrupt says="the interrupt stack has overflowed"
 * with: argument=fault says="the fault stack has overflowed"
 * with: argument=double says="the double fault stack has overflowed"
 * with: argument=nmi says="the NMI stack has overflowed"
 * with: argument=single says="the debug stack has overflowed"
 * with: argument=breakpoint says="the breakpoint stack has overflowed"
 * ends: crash
 * says: exception 14: #PF page fault
 */
#include <bare/check.h>

#include "task_state.h"

/* Runs on the stack that ends at `top`, until there is no more of it */
static void use_up(uint64_t top)
{
	__asm__ __volatile__("movq %0, %%rsp\n"
			     "1:	pushq $0\n\t"
			     "jmp 1b" : : "r"(top) : "memory");
}

CHECK(stack_guard, "the stacks of exceptions do not run into one another")
{
	enum trap_stack stack = TRAP_STACK_IRQ;

	if (*arg == 'f')
		stack = TRAP_STACK_FAULT;
	else if (*arg == 'd')
		stack = TRAP_STACK_DOUBLE_FAULT;
	else if (*arg == 'n')
		stack = TRAP_STACK_NMI;
	else if (*arg == 's')
		stack = TRAP_STACK_DEBUG;
	else if (*arg == 'b')
		stack = TRAP_STACK_BREAKPOINT;
	use_up(stack_top(stack));
	return check_fail("the stack has no end");
}
