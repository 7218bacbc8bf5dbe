/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 28
 * on: nowhere
 * because: no control channel in the bare core
 */
#include <bare/check.h>

CHECK(shutdown, "the host's wish to shut down or reboot is heard")
{
	return check_skip("no control channel in the bare core");
}
