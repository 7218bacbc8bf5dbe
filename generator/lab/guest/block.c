/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 19
 * on: nowhere
 * because: no block device in the bare core
 */
#include <bare/check.h>

CHECK(block, "a disk is read, written and flushed")
{
	return check_skip("no block device in the bare core");
}
