/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Nothing is paravirtual about a PVH guest's memory.
 */
#ifndef XEN_COMPAT_MM_PV_H
#define XEN_COMPAT_MM_PV_H

#include <xen-x86/mm.h>

#endif /* XEN_COMPAT_MM_PV_H */
