/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-drivers/include/xen-compat/xen-x86/mm_pv.h. DO NOT EDIT. */
/*
 * Nothing is paravirtual about a PVH guest's memory.
 */
#ifndef XEN_COMPAT_MM_PV_H
#define XEN_COMPAT_MM_PV_H

#include <xen-x86/mm.h>

#endif /* XEN_COMPAT_MM_PV_H */
