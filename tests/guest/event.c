/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A masked event stays pending and quiet; unmasking it raises the upcall. That
 * is the race that loses wake-ups where it is done wrong.
 *
 * number: 27
 * on: xen-dom0 xl
 * because: only Xen has event channels
 */
#include <stdbool.h>

#include <bare/check.h>

#include "xen.h"

#define ROUNDS	100

#if ON_XEN
static bool bit(volatile uint64_t *words, uint32_t port)
{
	return words[port / 64] >> port % 64 & 1;
}

static const char *round_trip(uint32_t port)
{
	volatile struct vcpu_info *cpu = &shared_info->vcpu_info[0];
	struct { uint32_t port; } op = { port };

	__atomic_or_fetch(&shared_info->evtchn_mask[port / 64],
			  1UL << port % 64, __ATOMIC_SEQ_CST);
	cpu->evtchn_upcall_pending = 0;
	cpu->evtchn_pending_sel = 0;
	if (hypercall2(CHECK_HYPERCALL_EVENT_CHANNEL_OP, CHECK_EVTCHNOP_SEND,
		       (uint64_t)&op))
		return "sending failed";
	if (!bit(shared_info->evtchn_pending, port))
		return "the event is not pending";
	if (cpu->evtchn_upcall_pending)
		return "a masked event raised the upcall";
	if (hypercall2(CHECK_HYPERCALL_EVENT_CHANNEL_OP, CHECK_EVTCHNOP_UNMASK,
		       (uint64_t)&op))
		return "unmasking failed";
	if (!cpu->evtchn_upcall_pending ||
	    !(cpu->evtchn_pending_sel >> port / 64 & 1))
		return "unmasking a pending event raised no upcall";
	__atomic_and_fetch(&shared_info->evtchn_pending[port / 64],
			   ~(1UL << port % 64), __ATOMIC_SEQ_CST);
	return NULL;
}
#endif

CHECK(event, "an event is kept while masked, and raised when unmasked")
{
#if ON_XEN
	struct { uint32_t vcpu, port; } ipi = { 0, 0 };
	unsigned int i;
	const char *wrong = NULL;

	if (hypercall2(CHECK_HYPERCALL_EVENT_CHANNEL_OP, EVTCHNOP_BIND_IPI,
		       (uint64_t)&ipi))
		return check_fail("no port to be had");
	if (!bit(shared_info->evtchn_mask, ipi.port))
		return check_fail("port %u is open before anybody asked",
				  ipi.port);
	for (i = 0; i < ROUNDS && !wrong; i++)
		wrong = round_trip(ipi.port);
	hypercall2(CHECK_HYPERCALL_EVENT_CHANNEL_OP, CHECK_EVTCHNOP_CLOSE,
		   (uint64_t)&ipi.port);
	if (wrong)
		return check_fail("round %u: %s", i, wrong);
	print_line("  %u events by port %u", ROUNDS, ipi.port);
	return CHECK_PASS;
#else
	return check_skip("only Xen has event channels");
#endif
}
