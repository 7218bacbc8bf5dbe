/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 10
 * ends: crash
 * says: exception 14: #PF page fault, error code 0x3
 * says: page fault: write of 0x{_text:x}, which does not allow it
 */
#include <bare/check.h>

extern char _text[];

CHECK(text_write, "code cannot be written")
{
	*(volatile char *)_text = 1;
	return check_fail("the first byte of code is now %d", *_text);
}
