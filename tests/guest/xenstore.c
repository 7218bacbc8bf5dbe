/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 17
 * on: nowhere
 * because: no store in the bare core
 */
#include <bare/check.h>

CHECK(xenstore, "xenstore is read, written and watched")
{
	return check_skip("no store in the bare core");
}
