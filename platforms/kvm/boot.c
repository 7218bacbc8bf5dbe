/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/boot/boot.c. DO NOT EDIT. */
/*
 * The common half of booting. Loaders keep their data in memory that their
 * own map calls free: all of it is copied before the core gets that memory.
 */
#include <plat/boot.h>
#include <plat/boot_stack.h>
#include <plat/console.h>
#include <plat/core.h>
#include <plat/cpu.h>
#include <plat/cpus.h>
#include <plat/hypervisor.h>
#include <plat/image.h>
#include <plat/interrupts.h>
#include <plat/page_tables.h>
#include <plat/start.h>

#define LAPIC_PAGE		0xfee00000
#define MIB_SHIFT		20

/* Reading a table longer than this could take minutes. */
#define LONGEST_TABLE		0x10000

uint64_t boot_rsdp;

static struct boot_info *info;

struct boot_info *boot_begin(const char *protocol)
{
	cpu_init();
	/* Ports need nothing, so that every later failure can be seen. */
	console_init();
	core_traps_init();
	hypervisor_init();
	/* Xen's ring is found by hypercall, so it joins them only now. */
	console_init();
	info = core_boot_info();
	info->protocol = protocol;

	/*
	 * Claims come before the loader's map, so that a map of any length
	 * cannot push them out. Page 0 is the null page. The legacy hole is
	 * not RAM on any PC, whatever a map says.
	 */
	memory_map_add(&info->map, (uint64_t)_base_addr,
		       (uint64_t)(_end - _base_addr), MEMORY_IMAGE);
	memory_map_add(&info->map, 0, PAGE_SIZE, MEMORY_RESERVED);
	memory_map_add(&info->map, LEGACY_HOLE_START,
		       LEGACY_HOLE_END - LEGACY_HOLE_START, MEMORY_RESERVED);
	memory_map_add(&info->map, LAPIC_PAGE, PAGE_SIZE, MEMORY_DEVICE);
	return info;
}

const void *boot_item(const struct boot_info *bi, uint64_t paddr,
		      uint64_t size, const char *what)
{
	if (paddr >= FOUR_GIB || size > FOUR_GIB - paddr)
		core_crash("%s: %s at 0x%lx is out of reach", bi->protocol,
			   what, (unsigned long)paddr);
	if (size > LONGEST_TABLE)
		core_crash("%s: %s of %lu bytes is too long", bi->protocol,
			   what, (unsigned long)size);
	return core_phys(paddr);
}

void boot_set_cmdline(struct boot_info *bi, const char *cmdline)
{
	size_t len;

	for (len = 0; cmdline[len]; len++) {
		if (len == BOOT_CMDLINE_SIZE - 1)
			core_crash("%s: command line is longer than %d bytes",
				   bi->protocol, BOOT_CMDLINE_SIZE - 1);
		bi->cmdline[len] = cmdline[len];
	}
	bi->cmdline[len] = '\0';
	bi->cmdline_len = len;
}

void boot_add_module(struct boot_info *bi, uint64_t start, uint64_t size)
{
	const uint64_t image = (uint64_t)_base_addr, end = (uint64_t)_end;
	unsigned int i;

	if (!size)
		return;
	if (start + size < start || start + size > FOUR_GIB ||
	    start < PAGE_SIZE)
		core_crash("%s: module of 0x%lx bytes at 0x%lx is out of reach",
			   bi->protocol, (unsigned long)size,
			   (unsigned long)start);
	if (start < end && start + size > image)
		core_crash("%s: module at 0x%lx lies on top of the image",
			   bi->protocol, (unsigned long)start);
	for (i = 0; i < bi->modules; i++)
		if (page_down(start) < page_up(bi->module[i].start +
					       bi->module[i].size) &&
		    page_up(start + size) > page_down(bi->module[i].start))
			core_crash("%s: modules at 0x%lx and 0x%lx share a page",
				   bi->protocol,
				   (unsigned long)bi->module[i].start,
				   (unsigned long)start);
	if (bi->modules == BOOT_MODULES) {
		if (bi->modules_left_out++)
			return;
		core_log("%s: only the first %d modules are used",
			 bi->protocol, BOOT_MODULES);
		return;
	}
	bi->module[bi->modules++] = (struct boot_module){ start, size };
	memory_map_add(&bi->map, start, size, MEMORY_MODULE);
}

static void enter_core(void)
{
	boot_stack_guard();
	hypervisor_map(&info->map);
	interrupts_init();
	cpus_init(&info->map);
	core_enter(info);
}

void boot_finish(struct boot_info *bi)
{
	uint64_t lost, stack;

	boot_rsdp = bi->rsdp;
	memory_map_resolve(&bi->map);
	if (bi->map.dropped)
		core_crash("%s: memory map has more than %d ranges",
			   bi->protocol, MEMORY_MAP_RANGES);
	if (!memory_map_ram_end(&bi->map))
		core_crash("%s: memory map has no RAM", bi->protocol);

	bi->mapped_end = page_tables_extend(&bi->map);
	lost = memory_map_ram_from(&bi->map, bi->mapped_end);
	if (lost)
		core_error("%s: %lu MiB of RAM from 0x%lx on cannot be used",
			   bi->protocol, (unsigned long)(lost >> MIB_SHIFT),
			   (unsigned long)bi->mapped_end);
	stack = boot_stack_take(&bi->map);
	page_tables_protect(&bi->map);
	core_guard_stacks();
	start_on_stack(enter_core, stack);
}
