/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 14
 * ends: crash
 * judge: crash
 * says: platform: the check gives up: 42 of 0x2a
 */
#include <bare/check.h>
#include <plat/core.h>

CHECK(panic, "the last words are out before the guest crashes")
{
	core_crash("the check gives up: %d of 0x%x", 42, 42);
}
