/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 8
 * ends: crash
 * says: exception 13: #GP general protection, error code 0xfff8
 * says: RIP {exception_gp_here} CS  0008
 */
#include <bare/check.h>

CHECK(exception_gp, "a selector that is none is reported with its error code")
{
	__asm__ __volatile__(".globl exception_gp_here\n"
			     "exception_gp_here: movw %w0, %%ds"
			     : : "r"(0xfff8));
	return check_fail("the selector was taken");
}
