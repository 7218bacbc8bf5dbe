/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/shared-info/shared_info_suspend.c. DO NOT EDIT. */
/*
 * The host saves whatever lies at an address of the guest, also what Xen has
 * put there. So the shared page is taken away first. Otherwise it would come
 * back as a page of RAM, which the guest's reservation may have no room for.
 */
#include <stddef.h>

#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/grant_window.h>
#include <plat/hypercall.h>
#include <plat/page.h>
#include <plat/shared_info.h>
#include <plat/suspend.h>
#include <plat/xen_memory.h>

/* The shared page lies in front of the grant table's. */
static uint64_t shared_info_at(void)
{
	return grant_window - PAGE_SIZE;
}

static void take_away(uint64_t at)
{
	struct xen_remove_from_physmap op = {
		.domid = DOMID_SELF,
		.gpfn = at / PAGE_SIZE,
	};

	hypercall2(HYPERCALL_MEMORY_OP, XENMEM_REMOVE_FROM_PHYSMAP,
		   (uint64_t)&op);
}

static void shared_info_suspend(void)
{
	uint32_t i;

	for (i = 0; i < grant_window_used; i++)
		take_away(grant_window + i * PAGE_SIZE);
	take_away(shared_info_at());
}

/* A new domain's table is empty, and grows to what is mapped of it. */
static void place_grants(void)
{
	struct xen_add_to_physmap op = {
		.domid = DOMID_SELF,
		.space = XENMAPSPACE_GRANT_TABLE,
	};
	long rc;

	for (; op.idx < grant_window_used; op.idx++) {
		op.gpfn = grant_window / PAGE_SIZE + op.idx;
		rc = hypercall2(HYPERCALL_MEMORY_OP, XENMEM_ADD_TO_PHYSMAP,
				(uint64_t)&op);
		if (rc < 0)
			core_crash("grants: mapping frame %lu again failed with %ld",
				   (unsigned long)op.idx, rc);
	}
}

/* What CPU 0 has not taken is still pending, and its port raises it again. */
static void forget_upcall(void)
{
	volatile struct vcpu_info *vcpu = vcpu_info(0);

	vcpu->evtchn_upcall_pending = 0;
	vcpu->evtchn_pending_sel = 0;
}

static void shared_info_resume(bool lost)
{
	const long rc = shared_info_place(shared_info_at());

	if (rc < 0)
		core_crash("Xen: mapping the shared page again failed with %ld",
			   rc);
	place_grants();
	if (!lost)
		return;
	shared_info_mask_all();
	forget_upcall();
}

/*
 * A CPU registers its record itself: for another one that runs, Xen refuses. In
 * the same domain it is still registered, and Xen takes it only once.
 */
static void vcpu_info_resume(bool lost)
{
	const unsigned int cpu = core_cpu();
	long rc;

	if (!lost)
		return;
	rc = vcpu_info_register(cpu);
	if (rc < 0)
		core_crash("Xen: registering vcpu_info of CPU %u again failed with %ld",
			   cpu, rc);
}

const struct suspend_part shared_info_part = {
	.suspend = shared_info_suspend,
	.resume = shared_info_resume,
	.resume_cpu = vcpu_info_resume,
};
