/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-drivers-021/include/xen-compat/uk/plat/xen/except.h. DO NOT EDIT. */
/*
 * A PVH guest holds interrupts back by the CPU's own flag.
 */
#ifndef XEN_COMPAT_EXCEPT_H
#define XEN_COMPAT_EXCEPT_H

#include <uk/lcpu.h>

#define uk_plat_xen_save_irqf()		uk_lcpu_save_irqf()
#define uk_plat_xen_restore_irqf(flags)	uk_lcpu_restore_irqf(flags)

#endif /* XEN_COMPAT_EXCEPT_H */
