/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-drivers-021/include/xen-compat/uk/page.h. DO NOT EDIT. */
/*
 * Page names that drivers still use and Unikraft has dropped.
 */
#ifndef XEN_COMPAT_PAGE_H
#define XEN_COMPAT_PAGE_H

#include <uk/paging.h>

#ifndef PAGE_SIZE
#define PAGE_SHIFT	12
#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))
#endif /* !PAGE_SIZE */

#define round_pgdown(addr)	((unsigned long)(addr) & PAGE_MASK)
#define round_pgup(addr)	round_pgdown((unsigned long)(addr) + PAGE_SIZE - 1)

#endif /* XEN_COMPAT_PAGE_H */
