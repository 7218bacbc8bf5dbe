/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 11
 */
#include <bare/check.h>
#include <plat/x86.h>

#define CR4_SMEP	(1UL << 20)
#define CR4_SMAP	(1UL << 21)

CHECK(smep, "code and data of unprivileged pages are out of bounds")
{
	if (!(read_cr4() & (CR4_SMEP | CR4_SMAP)))
		return check_skip("no page is unprivileged, SMEP and SMAP stay off");
	return check_fail("SMEP or SMAP is on, and nobody proves what it does");
}
