/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A free page becomes one that unprivileged code may use, too. Execution is
 * allowed by all other rights, so that only SMEP can forbid it.
 *
 * number: 11
 * cpu: +smep
 * ends: crash
 * says: exception 14: #PF page fault, error code 0x11
 * says: page fault: execution of 0x[0-9a-f]+, which does not allow it
 */
#include <bare/check.h>
#include <plat/x86.h>

#include "user_page.h"

#define RET	0xc3

CHECK(smep, "code of unprivileged pages is out of bounds")
{
	unsigned char *const page = user_page(bi);

	if (!(cpuid(7, 0).ebx & 1U << 7))
		return check_skip("this CPU has no SMEP");
	*page = RET;
	make_user_page(page);
	__asm__ __volatile__("call *%0" : : "r"(page) : "memory");
	return check_fail("code of an unprivileged page was executed");
}
