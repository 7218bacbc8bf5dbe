/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 8 10
 * with: argument=read says="page fault: read of 0x8, which is not mapped"
 * with: argument=write says="page fault: write of 0x8, which is not mapped"
 * ends: crash
 * says: exception 14: #PF page fault
 * says: RIP {exception_null_{argument}} CS  0008
 * says: CR2 0000000000000008
 * says: page fault: a null pointer was used
 */
#include <bare/check.h>

CHECK(exception_null, "page 0 is not mapped after boot")
{
	if (*arg == 'w')
		__asm__ __volatile__(".globl exception_null_write\n"
				     "exception_null_write: movl $1, 8");
	else
		__asm__ __volatile__(".globl exception_null_read\n"
				     "exception_null_read: movl 8, %%eax"
				     : : : "eax");
	return check_fail("page 0 is there");
}
