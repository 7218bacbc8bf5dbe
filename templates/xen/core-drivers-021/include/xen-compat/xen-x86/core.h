/* SPDX-License-Identifier: BSD-3-Clause */
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
