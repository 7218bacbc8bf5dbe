/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/core-drivers-libs/xen_grants.c. DO NOT EDIT. */
#include <stdint.h>

#include <uk/init.h>
#include <uk/xen/gnttab.h>

static int init_grants(struct uk_init_ctx *ctx __unused)
{
	gnttab_init();
	return 0;
}

/* The allocator is there by now, drivers come later. */
uk_plat_initcall_prio(init_grants, 0, UK_PRIO_EARLIEST);
