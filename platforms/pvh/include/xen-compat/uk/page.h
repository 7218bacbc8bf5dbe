/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-drivers-021/include/xen-compat/uk/page.h. DO NOT EDIT. */
/*
 * Page names that drivers still use and Unikraft has dropped.
 */
#ifndef XEN_COMPAT_PAGE_H
#define XEN_COMPAT_PAGE_H

#include <limits.h>

#include <uk/paging.h>

/* A C library's limits.h may have the size, and that alone. */
#ifndef PAGE_SHIFT
#define PAGE_SHIFT	12
#endif /* !PAGE_SHIFT */
#ifndef PAGE_SIZE
#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#endif /* !PAGE_SIZE */
#ifndef PAGE_MASK
#define PAGE_MASK	(~(PAGE_SIZE - 1UL))
#endif /* !PAGE_MASK */

#define round_pgdown(addr)	((unsigned long)(addr) & PAGE_MASK)
#define round_pgup(addr)						\
	round_pgdown((unsigned long)(addr) + PAGE_SIZE - 1)

#endif /* XEN_COMPAT_PAGE_H */
