/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-drivers-021/xen_frames.c. DO NOT EDIT. */
#include <uk/config.h>
#if CONFIG_LIBUKPAGING
#include <uk/paging.h>
#endif /* CONFIG_LIBUKPAGING */
#include <xen-x86/mm.h>

#if CONFIG_LIBUKPAGING
unsigned long xen_frame_of(const void *addr)
{
	/* Memory that is mapped on demand has no frame before it is touched. */
	(void)*(const volatile char *)addr;
	return uk_paging_virt_to_phys((__vaddr_t)addr) >> PAGE_SHIFT;
}
#else /* !CONFIG_LIBUKPAGING */
unsigned long xen_frame_of(const void *addr)
{
	return (unsigned long)addr >> PAGE_SHIFT;
}
#endif /* !CONFIG_LIBUKPAGING */
