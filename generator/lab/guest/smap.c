/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 11
 * with: argument=read says="error code 0x1" says="page fault: read of 0x[0-9a-f]+, which does not allow it"
 * with: argument=write says="error code 0x3" says="page fault: write of 0x[0-9a-f]+, which does not allow it"
 * cpu: +smap
 * ends: crash
 * says: exception 14: #PF page fault
 */
#include <bare/check.h>
#include <plat/x86.h>

#include "user_page.h"

CHECK(smap, "data of unprivileged pages is out of bounds")
{
	volatile unsigned char *const page = user_page(bi);

	if (!(cpuid(7, 0).ebx & 1U << 20))
		return check_skip("this CPU has no SMAP");
	*page = 1;
	make_user_page(page);
	if (*arg == 'w')
		*page = 2;
	return check_fail("a byte of an unprivileged page is %d", *page);
}
