/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/xen-hypervisor/include/plat/xen_hypervisor.h. DO NOT EDIT. */
#ifndef PLAT_XEN_HYPERVISOR_H
#define PLAT_XEN_HYPERVISOR_H

#include <stdint.h>

/** Finds the instruction by which this CPU calls Xen, from its CPUID leaves. */
void xen_find_entry(uint32_t base);

#endif /* PLAT_XEN_HYPERVISOR_H */
