/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-drivers/include/xen-compat/xen-x86/setup.h. DO NOT EDIT. */
/*
 * The start information of a PV guest, with the few fields that drivers read
 * filled from HVM parameters.
 */
#ifndef XEN_COMPAT_SETUP_H
#define XEN_COMPAT_SETUP_H

#include <inttypes.h>

#include <xen/xen.h>

/** Filled by the first who asks; drivers do so at different times of a boot. */
start_info_t *xen_start_info(void);

#define HYPERVISOR_start_info	xen_start_info()

#endif /* XEN_COMPAT_SETUP_H */
