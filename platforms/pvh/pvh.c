/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/pvh/pvh.c. DO NOT EDIT. */
/*
 * Reads hvm_start_info. Loaders differ: version 0 has no memory map (an
 * initial domain asks the hypervisor for it), maps hold empty entries and
 * entries of unknown types, in any order.
 */
#include <plat/boot.h>
#include <plat/core.h>
#include <plat/hypervisor.h>
#include <plat/page_tables.h>
#include <plat/pvh.h>

void pvh_start(uint64_t start_info);

static void read_memmap(struct boot_info *bi, const struct hvm_start_info *si)
{
	const struct hvm_memmap_entry *e;
	uint32_t i;

	if (si->version == 0 || !si->memmap_paddr || !si->memmap_entries) {
		if (hypervisor_memory_map(&bi->map) < 0)
			core_crash("PVH: start_info version %u has no memory map and the hypervisor has none",
				   si->version);
		return;
	}
	e = boot_item(bi, si->memmap_paddr,
		      (uint64_t)si->memmap_entries * sizeof(*e), "memory map");
	for (i = 0; i < si->memmap_entries; i++)
		memory_map_add(&bi->map, e[i].addr, e[i].size,
			       memory_kind_of_e820(e[i].type));
}

void pvh_start(uint64_t start_info)
{
	const struct hvm_start_info *si;
	const struct hvm_modlist_entry *mod;
	struct boot_info *bi;
	uint32_t i;

	bi = boot_begin("PVH");
	si = boot_item(bi, start_info, sizeof(*si), "start_info");
	if (si->magic != HVM_START_MAGIC)
		core_crash("PVH: no start_info at 0x%lx: magic is 0x%x, not 0x%x",
			   (unsigned long)start_info, si->magic,
			   HVM_START_MAGIC);

	if (si->nr_modules && si->modlist_paddr) {
		mod = boot_item(bi, si->modlist_paddr,
				(uint64_t)si->nr_modules * sizeof(*mod),
				"module list");
		for (i = 0; i < si->nr_modules; i++)
			boot_add_module(bi, mod[i].paddr, mod[i].size);
	}
	if (si->cmdline_paddr)
		boot_set_cmdline(bi, boot_item(bi, si->cmdline_paddr,
					       BOOT_CMDLINE_SIZE,
					       "command line"));
	bi->rsdp = si->rsdp_paddr;
	read_memmap(bi, si);
	boot_finish(bi);
}
