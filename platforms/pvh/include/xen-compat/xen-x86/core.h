/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-drivers-021/include/xen-compat/xen-x86/core.h. DO NOT EDIT. */
/*
 * What the drivers and these headers take from Unikraft: pages, barriers, and
 * the name of the registers that an event's handler is given.
 */
#ifndef XEN_COMPAT_CORE_H
#define XEN_COMPAT_CORE_H

#include <uk/lcpu.h>
#include <uk/page.h>

#define XEN_CORE_REGS	struct uk_lcpu_regs

#endif /* XEN_COMPAT_CORE_H */
