/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-drivers/include/xen-compat/xen-x86/mm.h. DO NOT EDIT. */
/*
 * Frames: a PVH guest sees one kind of them, so machine frames are its own
 * physical ones.
 */
#ifndef XEN_COMPAT_MM_H
#define XEN_COMPAT_MM_H

#include <stdint.h>

#include <uk/alloc.h>
#include <uk/plat/memory.h>
#include <xen/xen.h>
#include <xen-x86/core.h>
#include <xen-x86/hypercall.h>

/** The frame that holds an address. */
unsigned long xen_frame_of(const void *addr);

#define virt_to_mfn(addr)	xen_frame_of((const void *)(addr))
#define virt_to_pfn(addr)	xen_frame_of((const void *)(addr))
#define virtual_to_mfn(addr)	xen_frame_of((const void *)(addr))
#define mfn_to_virt(frame)	((void *)((unsigned long)(frame) << PAGE_SHIFT))
#define pfn_to_virt(frame)	mfn_to_virt(frame)
#define pfn_to_mfn(frame)	(frame)
#define mfn_to_pfn(frame)	(frame)

/** Makes the grant table's frames readable as one array. */
void *map_frames(unsigned long *frames, unsigned long count,
		 struct uk_alloc *a);

#endif /* XEN_COMPAT_MM_H */
