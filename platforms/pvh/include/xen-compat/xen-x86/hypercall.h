/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-drivers/include/xen-compat/xen-x86/hypercall.h. DO NOT EDIT. */
/*
 * The hypercalls that Unikraft's drivers make, by the platform's own page.
 */
#ifndef XEN_COMPAT_HYPERCALL_H
#define XEN_COMPAT_HYPERCALL_H

#include <stdint.h>

#include <xen/xen.h>
#include <xen-x86/core.h>

int HYPERVISOR_event_channel_op(int op, void *arg);
int HYPERVISOR_grant_table_op(unsigned int op, void *arg, unsigned int count);
int HYPERVISOR_memory_op(unsigned int op, void *arg);
int HYPERVISOR_console_io(int op, int count, char *text);

#endif /* XEN_COMPAT_HYPERCALL_H */
