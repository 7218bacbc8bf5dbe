/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/boot.h>
#include <uk/plat/time.h>

extern char _start[], image_end[];
extern unsigned long pending;

void uk_boot_entry(void)
{
	while (_start + pending < image_end)
		ukplat_monotonic_clock();
}
