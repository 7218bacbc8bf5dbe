/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 8
 * ends: crash
 * says: exception 0: #DE divide error, error code 0x0
 * says: RIP {exception_de_here} CS  0008
 */
#include <bare/check.h>

CHECK(exception_de, "a division by zero is reported, the guest crashes")
{
	__asm__ __volatile__(".globl exception_de_here\n"
			     "exception_de_here: divl %1"
			     : : "a"(1), "r"(0), "d"(0));
	return check_fail("the division went through");
}
