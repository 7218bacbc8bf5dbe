/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the checks ask of Xen beyond what the platform does.
 * Source: Xen, public/grant_table.h, public/sched.h.
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

#define CHECK_SCHEDOP_WATCHDOG		6

#define CHECK_GNTTABOP_COPY			5
#define CHECK_XENMAPSPACE_GRANT_TABLE		1
#else
#define ON_XEN	0
#endif

#endif /* GUEST_XEN_H */
