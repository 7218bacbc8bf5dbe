/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef XEN_COMPAT_HYPERCALL64_H
#define XEN_COMPAT_HYPERCALL64_H

#include <xen-x86/hypercall.h>

#endif /* XEN_COMPAT_HYPERCALL64_H */
