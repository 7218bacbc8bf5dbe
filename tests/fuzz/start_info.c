/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The platform's start_info and memory-map code, built for the host and fed
 * by libFuzzer. Everything lies at odd addresses, as loaders may have it.
 */
#include "loader.h"

#include <boot/pvh/pvh.c>

#define INFO_AT		0x200003UL
#define MODULES_AT	0x210001UL
#define CMDLINE_AT	0x230000UL
#define MEMMAP_AT	0x240005UL

static void put_modules(struct input *in, struct hvm_start_info *si)
{
	struct hvm_modlist_entry *m = (void *)(memory + MODULES_AT);
	uint32_t i;

	si->nr_modules = (uint32_t)take(in, 1) % 20;
	for (i = 0; i < si->nr_modules; i++) {
		m[i].paddr = take_address(in);
		m[i].size = take_address(in);
		model_module(&model, m[i].paddr, m[i].size);
	}
	si->modlist_paddr = MODULES_AT;
}

static void put_memmap(struct input *in, struct hvm_start_info *si)
{
	struct hvm_memmap_entry *e = (void *)(memory + MEMMAP_AT);
	const uint32_t most = si->flags & 0x80 ? 700 : 40;
	uint32_t i;

	for (i = 0; i < most && in->left; i++) {
		e[i].type = (uint32_t)take(in, 1) % 10;
		e[i].addr = take_address(in);
		e[i].size = take_address(in);
		model_tell(&model, e[i].addr, e[i].size,
			   memory_kind_of_e820(e[i].type));
	}
	si->memmap_paddr = MEMMAP_AT;
	si->memmap_entries = i;
}

/* A field that lies: the model then only knows what must hold in any case */
static void put_lies(struct input *in, struct hvm_start_info *si, uint8_t which)
{
	model.lied = which;
	if (which & 1)
		si->modlist_paddr = take_address(in);
	if (which & 2)
		si->nr_modules = (uint32_t)take_address(in);
	if (which & 4)
		si->cmdline_paddr = take_address(in);
	if (which & 8)
		si->memmap_paddr = take_address(in);
	if (which & 16)
		si->memmap_entries = (uint32_t)take_address(in);
	if (which & 32)
		si->magic ^= (uint32_t)take(in, 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct hvm_start_info *si;
	uint8_t lies;

	loader_begin();
	si = (void *)(memory + INFO_AT);
	memset(si, 0, sizeof(*si));
	si->magic = HVM_START_MAGIC;
	lies = (uint8_t)take(&in, 1);
	si->flags = (uint32_t)take(&in, 1);
	si->version = (si->flags & 3) != 0;
	si->rsdp_paddr = take_address(&in);
	si->cmdline_paddr = put_cmdline(&in, CMDLINE_AT);
	put_modules(&in, si);
	if (lies & 0x40)
		put_lies(&in, si, lies);
	put_memmap(&in, si);
	if ((lies & 0x40) && (lies & 0x18))
		put_lies(&in, si, lies & 0x18);
	if (!setjmp(end_of_run))
		pvh_start(INFO_AT);
	return 0;
}
