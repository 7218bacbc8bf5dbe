/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Source: Xen, public/arch-x86/cpuid.h and docs/misc/pvh.pandoc.
 */
#include <plat/core.h>
#include <plat/hypercall.h>
#include <plat/hypervisor.h>
#include <plat/memory_map.h>
#include <plat/shared_info.h>
#include <plat/page.h>
#include <plat/x86.h>
#include <plat/xen_hypervisor.h>
#include <plat/xen_memory.h>

#define XEN_LEAF_VERSION	1
#define XEN_LEAF_HYPERCALL	2
#define SCHEDOP_YIELD		0

/* Xen's virtual APIC counts 10 ns. */
#define APIC_TIMER_HZ		100000000
#define E820_ENTRIES		(PAGE_SIZE / sizeof(struct xen_e820_entry))

/*
 * Pages that the guest has beside those counted here: Xen's, the toolstack's
 * tables, the boot stack. Fewer than in the legacy hole, which the reservation
 * counts and nobody uses.
 */
#define PAGES_BESIDE		96
#define PAGES_PER_MIB		256

/* The bytes of VMCALL and VMMCALL, in an entry of 32 bytes */
#define HYPERCALL_ENTRY_SIZE	32
#define OPCODE_0		0x0f
#define OPCODE_1		0x01
#define VMCALL_2		0xc1
#define VMMCALL_2		0xd9

/* What Xen writes, one after the other: each is read before the next */
static IN_PAGES union {
	uint8_t hypercalls[PAGE_SIZE];
	struct xen_e820_entry e820[E820_ENTRIES];
} from_xen;

/* Xen's page of hypercalls shows by which instruction this CPU reaches it. */
static void choose_entry(void)
{
	const volatile uint8_t *at = from_xen.hypercalls;
	unsigned int i;

	for (i = 0; i < HYPERCALL_ENTRY_SIZE - 2; i++) {
		if (at[i] != OPCODE_0 || at[i + 1] != OPCODE_1)
			continue;
		if (at[i + 2] == VMCALL_2)
			hypercall_entry = hypercall_vmcall;
		else if (at[i + 2] == VMMCALL_2)
			hypercall_entry = hypercall_vmmcall;
	}
	if (hypercall_entry == hypercall_none)
		core_crash("Xen's hypercall page has neither VMCALL nor VMMCALL");
}

void xen_find_entry(uint32_t base)
{
	const struct cpuid_regs r = cpuid(base + XEN_LEAF_HYPERCALL, 0);

	if (!r.eax)
		core_crash("Xen offers no hypercall page");
	/* Written in 64-bit mode, this also fixes the layout of shared_info. */
	wrmsr(r.ebx, (uint64_t)&from_xen);
	hypercall_entry = hypercall_none;
	choose_entry();
}

static bool xen_found(void)
{
	const uint32_t base = hypervisor_cpuid_base("XenVMMXenVMM");
	struct cpuid_regs r;

	if (!base)
		return false;
	xen_find_entry(base);
	r = cpuid(base + XEN_LEAF_VERSION, 0);
	core_log("Xen %u.%u", r.eax >> 16, r.eax & 0xffff);
	return true;
}

static int xen_memory_map(struct memory_map *map)
{
	const struct xen_e820_entry *entries = from_xen.e820;
	struct xen_memory_map op = {
		.nr_entries = E820_ENTRIES,
		.buffer = (uint64_t)entries,
	};
	long rc;
	uint32_t i;

	rc = hypercall2(HYPERCALL_MEMORY_OP, XENMEM_MEMORY_MAP, (uint64_t)&op);
	if (rc < 0) {
		core_log("Xen: XENMEM_memory_map failed with %ld", rc);
		return -1;
	}
	if (op.nr_entries >= E820_ENTRIES)
		core_error("Xen: only the first %lu ranges of its memory map are used",
			   E820_ENTRIES);
	for (i = 0; i < op.nr_entries && i < E820_ENTRIES; i++)
		memory_map_add(map, entries[i].addr, entries[i].size,
			       memory_kind_of_e820(entries[i].type));
	return 0;
}

static uint64_t pages(const struct memory_range *r)
{
	return (r->end - r->start) / PAGE_SIZE;
}

/*
 * With maxmem above memory, the map holds what the guest may get later. Xen has
 * fewer pages for the guest and hands them out when they are touched: one page
 * too many, and Xen ends the guest without a word. So the upper end is not
 * used.
 */
static void leave_what_is_not_there(struct memory_map *map)
{
	uint16_t self = DOMID_SELF;
	const long has = hypercall2(HYPERCALL_MEMORY_OP,
				    XENMEM_CURRENT_RESERVATION,
				    (uint64_t)&self);
	uint64_t wanted = PAGES_BESIDE, left, size;
	unsigned int i;

	for (i = 0; i < map->count; i++)
		if (map->range[i].kind == MEMORY_RAM ||
		    map->range[i].kind == MEMORY_MODULE ||
		    map->range[i].kind == MEMORY_IMAGE)
			wanted += pages(&map->range[i]);
	if (has <= 0 || wanted <= (uint64_t)has)
		return;
	left = wanted - (uint64_t)has;
	core_log("Xen: %lu MiB of the memory map have no pages and are not used",
		 (unsigned long)(left / PAGES_PER_MIB));
	for (i = map->count; i-- > 0 && left; left -= size) {
		size = map->range[i].kind == MEMORY_RAM ? pages(&map->range[i])
							: 0;
		if (size > left)
			size = left;
		memory_map_add(map, map->range[i].end - size * PAGE_SIZE,
			       size * PAGE_SIZE, MEMORY_SPARE);
	}
	memory_map_resolve(map);
}

static void xen_map(struct memory_map *map)
{
	leave_what_is_not_there(map);
	shared_info_map(map);
}

static void xen_yield(void)
{
	hypercall2(HYPERCALL_SCHED_OP, SCHEDOP_YIELD, 0);
}

const struct hypervisor xen_hypervisor = {
	.name = "Xen",
	.find = xen_found,
	.memory_map = xen_memory_map,
	.map = xen_map,
	.yield = xen_yield,
	.lapic_timer_hz = APIC_TIMER_HZ,
	.debug_port = true,
};
