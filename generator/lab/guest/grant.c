/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The guest grants a page to itself, so that no second domain is needed.
 * Mapping is left to the devices: Xen moves a page that its owner maps.
 *
 * number: 16
 * on: xen-dom0 xl
 * because: only Xen has grants
 */
#include <bare/check.h>
#include <bare/string.h>

#include "xen.h"

#define PAGE		4096
#define GRANT_ACCESS	1	/* permit access, writable */
#define REF		8

#if ON_XEN
#include <plat/memory_hole.h>

struct grant_entry { uint16_t flags, domid; uint32_t frame; };
struct grant_copy {
	struct {
		uint64_t frame_or_ref;
		uint16_t domid, offset;
	} source, dest;
	uint16_t len, flags;
	int16_t status;
};

static unsigned char granted[PAGE] __attribute__((aligned(PAGE)));
static unsigned char copied[PAGE] __attribute__((aligned(PAGE)));

static uint16_t own_domid(void)
{
	const uint32_t base = hypervisor_cpuid_base("XenVMMXenVMM");
	const struct cpuid_regs r = cpuid(base + 4, 0);

	return r.eax & 16 ? (uint16_t)r.ecx : 0;
}

static const char *copy(uint16_t domid)
{
	struct grant_copy op = {
		.source = { REF, domid, 0 },
		.dest = { (uint64_t)copied / PAGE, DOMID_SELF, 0 },
		.len = PAGE,
		.flags = 1,	/* the source is a reference */
	};

	memset(granted, 0x5a, PAGE);
	if (hypercall3(HYPERCALL_GRANT_TABLE_OP, CHECK_GNTTABOP_COPY,
		       (uint64_t)&op, 1))
		return "the copy was refused";
	if (op.status || memcmp(granted, copied, PAGE))
		return "the copy failed";
	return NULL;
}

#endif

CHECK(grant, "a granted page is copied, and no more when it is revoked")
{
#if ON_XEN
	const uint64_t at = memory_map_find_hole(&bi->map, PAGE);
	const uint16_t domid = own_domid();
	struct xen_add_to_physmap op = {
		.domid = DOMID_SELF, .space = CHECK_XENMAPSPACE_GRANT_TABLE,
		.gpfn = at / PAGE,
	};
	volatile struct grant_entry *entry;
	const char *wrong;

	if (!at || hypercall2(HYPERCALL_MEMORY_OP, XENMEM_ADD_TO_PHYSMAP,
			      (uint64_t)&op))
		return check_fail("the grant table cannot be had");
	entry = &((volatile struct grant_entry *)at)[REF];
	entry->domid = domid;
	entry->frame = (uint32_t)((uint64_t)granted / PAGE);
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	entry->flags = GRANT_ACCESS;
	wrong = copy(domid);
	if (wrong)
		return check_fail("%s", wrong);
	entry->flags = 0;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	if (!copy(domid))
		return check_fail("a revoked grant can still be copied");
	return CHECK_PASS;
#else
	return check_skip("only Xen has grants");
#endif
}
