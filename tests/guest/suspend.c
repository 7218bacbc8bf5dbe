/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 29
 * on: nowhere
 * because: no suspend in the bare core
 */
#include <bare/check.h>

CHECK(suspend, "saving, restoring and migrating leave the guest running")
{
	return check_skip("no suspend in the bare core");
}
