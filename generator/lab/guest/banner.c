/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 1
 * says: bare: main\(\) at TSC \d+, booted by (PVH|multiboot), clock \w+
 */
#include <bare/check.h>

CHECK(banner, "the image is entered by its note and prints its first line")
{
	return CHECK_PASS;
}
