/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the checks ask of Xen beyond what the platform does.
 * Source: Xen, public/event_channel.h, public/grant_table.h, public/sched.h.
 */
#ifndef GUEST_XEN_H
#define GUEST_XEN_H

#if __has_include(<plat/hypercall.h>)
#define ON_XEN	1

#include <stdbool.h>

#include <plat/hypercall.h>
#include <plat/hypervisor.h>
#include <plat/shared_info.h>
#include <plat/x86.h>
#include <plat/xen_memory.h>

#define CHECK_HYPERCALL_GRANT_TABLE_OP	20
#define CHECK_HYPERCALL_EVENT_CHANNEL_OP	32

#define CHECK_SCHEDOP_WATCHDOG		6

#define CHECK_EVTCHNOP_CLOSE			3
#define CHECK_EVTCHNOP_SEND			4
#define EVTCHNOP_BIND_IPI		7
#define CHECK_EVTCHNOP_UNMASK			9

#define CHECK_GNTTABOP_COPY			5
#define CHECK_XENMAPSPACE_GRANT_TABLE		1

static inline long check_hypercall3(unsigned int number, uint64_t a, uint64_t b,
			      uint64_t c)
{
	long result;

	__asm__ __volatile__("call *%4"
			     : "=a"(result), "+D"(a), "+S"(b), "+d"(c)
			     : "r"(hypercall_page + number * 32)
			     : "memory", "rcx", "r8", "r9", "r10", "r11");
	return result;
}
#else
#define ON_XEN	0
#endif

#endif /* GUEST_XEN_H */
