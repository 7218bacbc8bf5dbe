/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 8
 * ends: crash
 * judge: crash
 * says: exception 6: #UD invalid opcode, error code 0x0
 * says: RIP {exception_ud_here} CS  0008
 * says: RBP 00000000feedbee5 R8  0000000000000888 R9  0000000000000999
 * says: R13 0000000000001313 R14 0000000000001414 R15 0000000000001515
 */
#include <bare/check.h>

CHECK(exception_ud, "an invalid opcode is reported with all registers")
{
	__asm__ __volatile__("movl $0xfeedbee5, %%ebp\n\t"
			     "movl $0x888, %%r8d\n\t"
			     "movl $0x999, %%r9d\n\t"
			     "movl $0x1313, %%r13d\n\t"
			     "movl $0x1414, %%r14d\n\t"
			     "movl $0x1515, %%r15d\n"
			     ".globl exception_ud_here\n"
			     "exception_ud_here: ud2" : : : "memory");
	return check_fail("ud2 went through");
}
