/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 30
 * on: nowhere
 * because: no balloon in the bare core
 */
#include <bare/check.h>

CHECK(balloon, "memory is given back and taken again")
{
	return check_skip("no balloon in the bare core");
}
