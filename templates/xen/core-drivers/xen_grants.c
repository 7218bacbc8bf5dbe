/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The grant table of Unikraft's library, placed in the addresses kept for it.
 */
#include <uk/init.h>
#include <uk/xen/gnttab.h>
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
		core_crash("grants: %lu frames are more than %d", count,
			   GRANT_WINDOW_PAGES);
	for (op.idx = 0; op.idx < count; op.idx++) {
		op.gpfn = (grant_window >> PAGE_SHIFT) + op.idx;
		rc = HYPERVISOR_memory_op(XENMEM_add_to_physmap, &op);
		if (rc < 0)
			core_crash("grants: mapping frame %lu failed with %d",
				   (unsigned long)op.idx, rc);
	}
	return (void *)grant_window;
}

static int init_grants(struct uk_init_ctx *ctx __unused)
{
	gnttab_init();
	return 0;
}

/* The allocator is there by now, drivers come later. */
uk_plat_initcall_prio(init_grants, 0, UK_PRIO_EARLIEST);
