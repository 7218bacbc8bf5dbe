/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 15
 * on: nowhere
 * because: no platform reads its console yet
 */
#include <bare/check.h>

CHECK(console_in, "what is typed at the console arrives")
{
	return check_skip("no platform reads its console yet");
}
