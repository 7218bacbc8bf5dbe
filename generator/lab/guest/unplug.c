/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 21
 * on: nowhere
 * because: no device in the bare core
 */
#include <bare/check.h>

CHECK(unplug, "a backend may go and come back")
{
	return check_skip("no device in the bare core");
}
