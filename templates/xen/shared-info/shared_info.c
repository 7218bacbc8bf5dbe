/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The page is mapped above RAM, where nothing else is. Mapped over a page of
 * RAM, it would cost that page and split the host's large mapping around it.
 */
#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/grant_window.h>
#include <plat/hypercall.h>
#include <plat/memory_hole.h>
#include <plat/memory_map.h>
#include <plat/page.h>
#include <plat/shared_info.h>
#include <plat/xen_guest.h>
#include <plat/xen_memory.h>

volatile struct shared_info *shared_info;
uint64_t grant_window;
uint32_t grant_window_used;

/* Aligned to its size, so that none of them crosses a page. */
static struct vcpu_info further[CPUS_MAX]
	__attribute__((aligned(sizeof(struct vcpu_info))));

bool is_xen_guest(void)
{
	return shared_info;
}

volatile struct vcpu_info *vcpu_info(unsigned int cpu)
{
	return cpu ? &further[cpu] : &shared_info->vcpu_info[0];
}

long vcpu_info_register(unsigned int cpu)
{
	const uint64_t at = (uint64_t)&further[cpu];
	struct vcpu_register_vcpu_info op = {
		.mfn = at / PAGE_SIZE,
		.offset = (uint32_t)(at % PAGE_SIZE),
	};

	return hypercall3(HYPERCALL_VCPU_OP, VCPUOP_REGISTER_VCPU_INFO, cpu,
			  (uint64_t)&op);
}

long shared_info_place(uint64_t at)
{
	struct xen_add_to_physmap op = {
		.domid = DOMID_SELF,
		.space = XENMAPSPACE_SHARED_INFO,
		.gpfn = at / PAGE_SIZE,
	};

	return hypercall2(HYPERCALL_MEMORY_OP, XENMEM_ADD_TO_PHYSMAP,
			  (uint64_t)&op);
}

/* All ports are masked until they are bound and unmasked. */
void shared_info_mask_all(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(shared_info->evtchn_mask) / 8; i++)
		shared_info->evtchn_mask[i] = UINT64_MAX;
}

void shared_info_map(struct memory_map *map)
{
	const uint64_t size = (1 + GRANT_WINDOW_PAGES) * PAGE_SIZE;
	const uint64_t at = memory_map_find_hole(map, size);
	long rc;

	if (!at)
		core_crash("Xen: no free addresses for the shared page");
	rc = shared_info_place(at);
	if (rc < 0)
		core_crash("Xen: mapping the shared page failed with %ld", rc);
	shared_info = core_phys(at);
	grant_window = at + PAGE_SIZE;
	memory_map_add(map, at, size, MEMORY_DEVICE);
	memory_map_resolve(map);
	shared_info_mask_all();
}
