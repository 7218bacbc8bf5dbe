/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 4
 * with: module=0
 * with: module=1
 * with: module=4097
 * with: module=1000003 heavy=1
 * with: module=16777216 memory=64 heavy=1
 * judge: module
 */
#include <bare/check.h>

CHECK(module, "a module arrives with its exact length and content")
{
	unsigned int i;

	for (i = 0; i < bi->modules; i++)
		print_line("  module %u: %lu bytes at 0x%lx", i,
			   (unsigned long)bi->module[i].size,
			   (unsigned long)bi->module[i].start);
	return CHECK_PASS;
}
