/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The host reports memory that has gone bad: bank 2, an error that cannot be
 * corrected, at an address of ours.
 *
 * number: 8
 * on: qemu-*
 * because: Xen takes machine checks itself
 * monitor: mce 0 2 0xbc0000000000009f 5 0x123000 0x86
 * ends: crash
 * says: exception 18: #MC machine check, error code 0x0
 * says: RIP [0-9a-f]{16} CS  0008
 * says: machine check: bank 2, status bc0000000000009f, address 0x123000
 */
#include <bare/check.h>
#include <plat/clock.h>

#define WAIT_NSEC	(5 * NSEC_PER_SEC)

CHECK(machine_check, "a machine check is reported with registers and its place")
{
	const uint64_t end = clock_monotonic() + WAIT_NSEC;

	print_line("monitor");
	while (clock_monotonic() < end)
		__builtin_ia32_pause();
	return check_fail("no machine check came");
}
