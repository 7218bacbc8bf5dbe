/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-drivers-libs/xen_grants.c. DO NOT EDIT. */
#include <stdint.h>

#include <uk/init.h>
#include <uk/xen/gnttab.h>
#include <xen-x86/mm.h>

#include <plat/xen_guest.h>

unsigned long xen_page_of(const void *addr);
grant_ref_t xen_grant_page(domid_t domid, unsigned long page, int readonly);

/*
 * For 9pfront, which grants a ring of several pages by the frame of its first
 * one: compiled so that it counts in virtual pages, it gets each page's own.
 */
unsigned long xen_page_of(const void *addr)
{
	return (unsigned long)addr >> PAGE_SHIFT;
}

grant_ref_t xen_grant_page(domid_t domid, unsigned long page, int readonly)
{
	return gnttab_grant_access(domid, virt_to_mfn(page << PAGE_SHIFT),
				   readonly);
}

static int init_grants(struct uk_init_ctx *ctx __unused)
{
	if (is_xen_guest())
		gnttab_init();
	return 0;
}

/* After the allocator, before the drivers. */
uk_plat_initcall_prio(init_grants, 0, UK_PRIO_EARLIEST);
