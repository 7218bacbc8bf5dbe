/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A PVH guest holds interrupts back by the CPU's own flag.
 */
#ifndef XEN_COMPAT_IRQ_H
#define XEN_COMPAT_IRQ_H

#include <uk/plat/lcpu.h>

#define local_irq_save(flags)		((flags) = ukplat_lcpu_save_irqf())
#define local_irq_restore(flags)	ukplat_lcpu_restore_irqf(flags)

#endif /* XEN_COMPAT_IRQ_H */
