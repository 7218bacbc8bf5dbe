/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The grant table's frames, placed in the addresses kept for them.
 */
#include <stdint.h>

#include <xen/memory.h>
#include <xen-x86/mm.h>

#include <plat/core.h>
#include <plat/grant_window.h>

void *map_frames(unsigned long *frames __unused, unsigned long count,
		 struct uk_alloc *a __unused)
{
	struct xen_add_to_physmap op = {
		.domid = DOMID_SELF,
		.space = XENMAPSPACE_grant_table,
	};
	int rc;

	if (count > GRANT_WINDOW_PAGES)
		core_crash("grants: %lu frames are requested, %d is the limit",
			   count, GRANT_WINDOW_PAGES);
	for (op.idx = 0; op.idx < count; op.idx++) {
		op.gpfn = (grant_window >> PAGE_SHIFT) + op.idx;
		rc = HYPERVISOR_memory_op(XENMEM_add_to_physmap, &op);
		if (rc < 0)
			core_crash("grants: mapping frame %lu failed with %d",
				   (unsigned long)op.idx, rc);
	}
	grant_window_used = (uint32_t)count;
	return (void *)grant_window;
}
