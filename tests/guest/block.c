/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 19
 */
#include <bare/check.h>

CHECK(block, "a disk is read, written and flushed")
{
	return check_skip("no block device in the bare core");
}
