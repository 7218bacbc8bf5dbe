/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The platform's reader of Linux's zero page, built for the host and fed by
 * libFuzzer. The page may end where memory does.
 */
#include "loader.h"

#include <boot/linux64/linux64.c>

#define PAGE_AT		0x200000UL
#define LAST_PAGE	(FOUR_GIB - sizeof(struct linux_boot_params))
#define CMDLINE_AT	0x230000UL

#define LIED_CMDLINE	1
#define LIED_COUNT	2
#define LIES		64	/* set where any of them may be */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put_module(struct input *in, struct linux_boot_params *p)
{
	const uint64_t start = take_address(in), bytes = take_address(in);

	p->ramdisk_image = (uint32_t)start;
	p->ext_ramdisk_image = (uint32_t)(start >> 32);
	p->ramdisk_size = (uint32_t)bytes;
	p->ext_ramdisk_size = (uint32_t)(bytes >> 32);
	model_module(&model, start, bytes);
}

static void put_map(struct input *in, struct linux_boot_params *p)
{
	struct linux_e820_entry *e;

	while (in->left && p->e820_entries < LINUX_BOOT_E820_MAX) {
		e = &p->e820_table[p->e820_entries++];
		e->type = (uint32_t)take(in, 1) % 10;
		e->addr = take_address(in);
		e->size = take_address(in);
		model_tell(&model, e->addr, e->size,
			   memory_kind_of_e820(e->type));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct linux_boot_params *p;
	uint64_t at;
	uint8_t how;

	loader_begin();
	how = (uint8_t)take(&in, 1);
	at = how & 128 ? LAST_PAGE : PAGE_AT;
	p = (void *)(memory + at);
	memset(p, 0, sizeof(*p));
	if (how != 0xff)
		p->header = LINUX_BOOT_MAGIC;
	p->cmd_line_ptr = put_cmdline(&in, CMDLINE_AT);
	put_module(&in, p);
	put_map(&in, p);
	model.lied = how & LIES ? how & (LIED_CMDLINE | LIED_COUNT) : 0;
	if (model.lied & LIED_CMDLINE) {
		p->cmd_line_ptr = (uint32_t)how << 24 | 0xffffff;
		p->ext_cmd_line_ptr = how & 4 ? UINT32_MAX : 0;
	}
	if (model.lied & LIED_COUNT)
		p->e820_entries = (uint8_t)(LINUX_BOOT_E820_MAX + 1 + how % 64);
	if (!setjmp(end_of_run))
		linux64_start(at);
	return 0;
}
