/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 20
 * on: nowhere
 * because: no 9p in the bare core
 */
#include <bare/check.h>

CHECK(ninep, "files of the host are opened, read and listed by 9p")
{
	return check_skip("no 9p in the bare core");
}
