/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 31
 * on: xen-dom0 xl
 * because: these machines have no watchdog
 * ends: watchdog
 */
#include <bare/check.h>

#include "xen.h"

#define TIMEOUT_SECONDS	1

CHECK(watchdog, "a guest that hangs is ended by the hypervisor's watchdog")
{
#if ON_XEN
	struct { uint32_t id, seconds; } op = { 0, TIMEOUT_SECONDS };
	const long id = hypercall2(HYPERCALL_SCHED_OP, CHECK_SCHEDOP_WATCHDOG,
				   (uint64_t)&op);

	if (id < 0)
		return check_fail("setting it failed with %ld", id);
	for (;;)
		__asm__ __volatile__("pause");
#else
	return check_skip("only Xen's watchdog is known");
#endif
}
