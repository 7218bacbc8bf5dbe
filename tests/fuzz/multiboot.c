/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The platform's reader of multiboot's information block, built for the host
 * and fed by libFuzzer. The memory map may end where memory does. What loaders do not lie about must arrive; whatever they
 * do lie about, the walk ends and reads nothing that is not mapped.
 */
#include "loader.h"

#include <boot/multiboot/multiboot.c>

#define INFO_AT		0x200003UL
#define MODULES_AT	0x210001UL
#define CMDLINE_AT	0x230000UL
#define MMAP_AT		0x240005UL

#define LIED_MODULES	1
#define LIED_COUNT	2
#define LIED_CMDLINE	4
#define LIED_MMAP	8
#define LIED_LENGTH	16
#define LIED_SIZE	32
#define LIES		64	/* set where any of them may be */

static void put_modules(struct input *in, struct multiboot_info *mi)
{
	struct multiboot_module *m = (void *)(memory + MODULES_AT);
	uint32_t i, size;

	mi->mods_count = (uint32_t)take(in, 1) % 20;
	for (i = 0; i < mi->mods_count; i++) {
		m[i].start = (uint32_t)take_address(in);
		size = (uint32_t)take_address(in);
		m[i].end = m[i].start + size;
		model_module(&model, m[i].start, size);
	}
	mi->mods_addr = MODULES_AT;
}

static void put_mmap(struct input *in, struct multiboot_info *mi, uint8_t lies,
		     bool at_end)
{
	struct multiboot_mmap *m;
	uint32_t at = MMAP_AT;
	uint8_t longer;

	while (in->left && at < MMAP_AT + 0x5000) {
		m = (void *)(memory + at);
		longer = (uint8_t)take(in, 1);
		m->type = longer % 10;
		m->addr = take_address(in);
		m->len = take_address(in);
		m->size = sizeof(*m) - sizeof(m->size) + longer / 32;
		model_tell(&model, m->addr, m->len,
			   memory_kind_of_e820(m->type));
		at += m->size + (uint32_t)sizeof(m->size);
		if ((lies & LIED_SIZE) && longer % 32 == 31)
			m->size = (uint32_t)take(in, longer & 32 ? 4 : 1);
	}
	mi->mmap_length = at - MMAP_AT;
	mi->mmap_addr = MMAP_AT;
	if (at_end && mi->mmap_length) {
		mi->mmap_addr = (uint32_t)(FOUR_GIB - mi->mmap_length);
		memcpy(memory + mi->mmap_addr, memory + MMAP_AT,
		       mi->mmap_length);
	}
}

static void put_lies(struct input *in, struct multiboot_info *mi, uint8_t which)
{
	model.lied = which;
	if (which & LIED_MODULES)
		mi->mods_addr = (uint32_t)take_address(in);
	if (which & LIED_COUNT)
		mi->mods_count = (uint32_t)take_address(in);
	if (which & LIED_CMDLINE)
		mi->cmdline = (uint32_t)take_address(in);
	if (which & LIED_MMAP)
		mi->mmap_addr = (uint32_t)take_address(in);
	if (which & LIED_LENGTH)
		mi->mmap_length = (uint32_t)take_address(in);
}

/* A first entry of impossible size: the guest stops before it takes it. */
static void check_sizes(void)
{
	static const uint32_t sizes[] = {
		0, 3, 4, 19, 45, 46, 1U << 31, 0xfffffffc, -28U, -1U,
	};
	struct multiboot_info *mi = (void *)(memory + INFO_AT);
	struct multiboot_mmap *m = (void *)(memory + MMAP_AT);
	volatile unsigned int i;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		loader_begin();
		memset(mi, 0, sizeof(*mi));
		mi->flags = MULTIBOOT_HAS_MMAP;
		mi->mmap_addr = MMAP_AT;
		mi->mmap_length = 2 * sizeof(*m);
		m[0] = (struct multiboot_mmap){ sizes[i], 1 << 24, 1 << 20, 1 };
		m[1] = m[0];
		m[1].size = sizeof(*m) - sizeof(m->size);
		if (!setjmp(end_of_run)) {
			multiboot_start(INFO_AT);
		} else if (core_boot_info()->map.count != model.claims) {
			fprintf(stderr, "does not hold: an entry of %u bytes is refused\n",
				sizes[i]);
			abort();
		}
	}
}

/* Lists that run past the end of memory, some of them for half a minute */
static void check_counts(void)
{
	static const uint32_t counts[] = { 2, 4096, 1U << 28, UINT32_MAX };
	struct multiboot_info *mi = (void *)(memory + INFO_AT);
	volatile unsigned int i;

	for (i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		loader_begin();
		memset(mi, 0, sizeof(*mi));
		mi->flags = MULTIBOOT_HAS_MODULES;
		mi->mods_addr = (uint32_t)-sizeof(struct multiboot_module);
		mi->mods_count = counts[i];
		if (!setjmp(end_of_run))
			multiboot_start(INFO_AT);
	}
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	loader_begin();
	check_sizes();
	check_counts();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct multiboot_info *mi;
	uint64_t info = INFO_AT;
	uint8_t lies, absent;

	loader_begin();
	mi = (void *)(memory + INFO_AT);
	memset(mi, 0, sizeof(*mi));
	lies = (uint8_t)take(&in, 1);
	lies = lies & LIES ? lies : 0;
	absent = (uint8_t)take(&in, 1);
	mi->flags = MULTIBOOT_HAS_MEMORY | MULTIBOOT_HAS_CMDLINE |
		    MULTIBOOT_HAS_MODULES;
	if (absent == 0xff)
		info = take(&in, 4);
	mi->cmdline = put_cmdline(&in, CMDLINE_AT);
	put_modules(&in, mi);
	if (absent % 4 == 3) {
		mi->mem_upper = (uint32_t)take(&in, 4);
		model_tell(&model, 0x100000, (uint64_t)mi->mem_upper << 10,
			   MEMORY_RAM);
	} else {
		mi->flags |= MULTIBOOT_HAS_MMAP;
		put_mmap(&in, mi, lies, absent & 8);
	}
	put_lies(&in, mi, info == INFO_AT ? lies : LIES);
	if (!setjmp(end_of_run))
		multiboot_start(info);
	return 0;
}
