/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the drivers and these headers take from Unikraft: pages, barriers, and
 * the name of the registers that an event's handler is given.
 */
#ifndef XEN_COMPAT_CORE_H
#define XEN_COMPAT_CORE_H

#include <uk/arch/lcpu.h>
#include <uk/arch/paging.h>

#define XEN_CORE_REGS	struct __regs

#endif /* XEN_COMPAT_CORE_H */
