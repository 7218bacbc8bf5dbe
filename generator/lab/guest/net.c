/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 18
 * on: nowhere
 * because: no network device in the bare core
 */
#include <bare/check.h>

CHECK(net, "10 MiB come back from the network unharmed")
{
	return check_skip("no network device in the bare core");
}
