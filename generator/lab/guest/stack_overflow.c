/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 9
 * ends: crash
 * says: exception 14: #PF page fault
 * says: page fault: the boot stack has overflowed
 */
#include <bare/check.h>

#pragma GCC diagnostic ignored "-Wpragmas"
#pragma GCC diagnostic ignored "-Winfinite-recursion"
static unsigned int __attribute__((noinline)) dive(volatile unsigned int depth)
{
	return dive(depth + 1) + depth;
}

CHECK(stack_overflow, "a stack that overflows is reported, on another stack")
{
	return check_fail("%u levels deep", dive(0));
}
