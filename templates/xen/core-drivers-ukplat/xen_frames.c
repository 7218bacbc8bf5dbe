/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/plat/io.h>
#include <xen-x86/mm.h>

unsigned long xen_frame_of(const void *addr)
{
	/* Memory that is mapped on demand has no frame before it is touched. */
	(void)*(const volatile char *)addr;
	return ukplat_virt_to_phys(addr) >> PAGE_SHIFT;
}
