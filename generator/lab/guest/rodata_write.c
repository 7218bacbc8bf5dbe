/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 10
 * ends: crash
 * says: exception 14: #PF page fault, error code 0x3
 * says: page fault: write of 0x{_rodata:x}, which does not allow it
 */
#include <bare/check.h>

extern char _rodata[];

CHECK(rodata_write, "constants cannot be written")
{
	*(volatile char *)_rodata = 1;
	return check_fail("the first constant is now %d", *_rodata);
}
