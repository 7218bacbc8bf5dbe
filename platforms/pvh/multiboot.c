/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/multiboot/multiboot.c. DO NOT EDIT. */
/*
 * Reads the multiboot information block.
 */
#include <plat/boot.h>
#include <plat/core.h>
#include <plat/multiboot.h>

void multiboot_start(uint64_t info);

static void read_mmap(struct boot_info *bi, const struct multiboot_info *mi)
{
	const struct multiboot_mmap *m;
	const uint8_t *at;
	uint64_t left, step;

	at = boot_item(bi, mi->mmap_addr, mi->mmap_length, "memory map");
	for (left = mi->mmap_length; left; left -= step, at += step) {
		m = (const void *)at;
		if (left < sizeof(*m))
			core_crash("multiboot: memory map ends within an entry");
		/* An entry does not count its size field. */
		step = (uint64_t)m->size + sizeof(m->size);
		if (step < sizeof(*m) || step > left)
			core_crash("multiboot: memory map entry of %u bytes",
				   m->size);
		memory_map_add(&bi->map, m->addr, m->len,
			       memory_kind_of_e820(m->type));
	}
}

void multiboot_start(uint64_t info)
{
	const struct multiboot_info *mi;
	const struct multiboot_module *mod;
	struct boot_info *bi;
	uint32_t i;

	bi = boot_begin("multiboot");
	if (!info)
		core_crash("multiboot: the loader did not pass the magic number");
	mi = boot_item(bi, info, sizeof(*mi), "information block");
	if (mi->flags & MULTIBOOT_HAS_MODULES) {
		mod = boot_item(bi, mi->mods_addr,
				(uint64_t)mi->mods_count * sizeof(*mod),
				"module list");
		for (i = 0; i < mi->mods_count; i++)
			boot_add_module(bi, mod[i].start,
					mod[i].end - mod[i].start);
	}
	if ((mi->flags & MULTIBOOT_HAS_CMDLINE) && mi->cmdline)
		boot_set_cmdline(bi, boot_item(bi, mi->cmdline,
					       BOOT_CMDLINE_SIZE,
					       "command line"));
	if (mi->flags & MULTIBOOT_HAS_MMAP)
		read_mmap(bi, mi);
	else if (mi->flags & MULTIBOOT_HAS_MEMORY)
		memory_map_add(&bi->map, LEGACY_HOLE_END,
			       (uint64_t)mi->mem_upper << 10, MEMORY_RAM);
	else
		core_crash("multiboot: the loader passed no memory map");
	boot_finish(bi);
}
