/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-drivers/include/xen-compat/common/hypervisor.h. DO NOT EDIT. */
#ifndef XEN_COMPAT_HYPERVISOR_H
#define XEN_COMPAT_HYPERVISOR_H

#include <stdint.h>

#include <xen/xen.h>
#include <xen-x86/hypercall.h>

#endif /* XEN_COMPAT_HYPERVISOR_H */
