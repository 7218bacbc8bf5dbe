/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 30
 */
#include <bare/check.h>

CHECK(balloon, "memory is given back and taken again")
{
	return check_skip("no balloon in the bare core");
}
