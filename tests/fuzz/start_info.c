/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The platform's start_info and memory-map code, built for the host and fed
 * by libFuzzer. Four GiB of "physical memory" lie in front of a page that
 * cannot be touched, as the boot page tables have it. Each run ends as a boot
 * does: the core is entered with a map that holds what model.c says, or the
 * guest crashes with a message.
 */
#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <plat/boot.h>
#include <plat/core.h>
#include <plat/hypervisor.h>
#include <plat/pvh.h>

#include "model.h"

#define FOUR_GIB	0x100000000UL
#define INFO_AT		0x200000UL
#define MODULES_AT	0x210000UL
#define CMDLINE_AT	0x230000UL
#define MEMMAP_AT	0x240000UL

/* boot.c and pvh.c as one unit, so that each run can begin with fresh data */
#include <boot/boot.c>
#undef FOUR_GIB
#include <pvh/pvh.c>

static uint8_t *memory;
static jmp_buf end_of_run;
static struct model model;

/* What the fuzzer's bytes say, a field at a time; zeros when they are used up */
struct input {
	const uint8_t *at;
	size_t left;
};

static uint64_t take(struct input *in, size_t size)
{
	uint64_t value = 0;

	if (size > in->left)
		size = in->left;
	memcpy(&value, in->at, size);
	in->at += size;
	in->left -= size;
	return value;
}

/* Mostly pages near each other, so that ranges meet; sometimes anything */
static uint64_t take_address(struct input *in)
{
	const uint8_t how = (uint8_t)take(in, 1);

	switch (how & 3) {
	case 1:
		return take(in, 8);
	case 2:
		return (uint64_t)(int64_t)(int16_t)take(in, 2);
	case 3:
		return FOUR_GIB + (uint64_t)(int64_t)(int16_t)take(in, 2);
	}
	return (take(in, 1) << 12 << (how >> 4)) + (how & 4 ? take(in, 1) : 0);
}

void core_crash(const char *fmt, ...)
{
	if (!fmt[0])
		abort();
	longjmp(end_of_run, 1);
}

void core_enter(const struct boot_info *bi)
{
	model_check(&model, bi);
	longjmp(end_of_run, 2);
}

void *core_phys(uint64_t paddr)
{
	return memory + paddr;
}

int hypervisor_memory_map(struct memory_map *map)
{
	unsigned int i;

	for (i = 0; i < model.told; i++)
		memory_map_add(map, model.tell[i].start, model.tell[i].size,
			       model.tell[i].kind);
	return model.told ? 0 : -1;
}

void core_log(const char *fmt, ...) { (void)fmt; }
void core_traps_init(void) {}
void cpu_init(void) {}
void console_init(void) {}
void hypervisor_init(void) {}
void interrupts_init(void) {}
void cpus_init(struct memory_map *map) { (void)map; }
void core_guard_stacks(void) {}
void boot_stack_guard(void) {}
uint64_t boot_stack_take(struct memory_map *map) { return map->count; }
void start_on_stack(void (*function)(void), uint64_t stack)
{
	(void)stack;
	function();
	abort();
}
void page_tables_protect(struct memory_map *map) { (void)map; }
uint64_t page_tables_extend(struct memory_map *map)
{
	return memory_map_ram_end(map);
}

static void check_take(const struct memory_map *map, uint64_t below)
{
	static struct memory_map rest;

	rest = *map;
	model_check_taken(map, &rest, memory_map_take(&rest, 0x3000, below),
			  0x3000, below);
}

void hypervisor_map(struct memory_map *map)
{
	model_check_hole(map, memory_map_find_hole(map, 0x1000), 0x1000);
	check_take(map, 0xa0000);
	check_take(map, 0x100000000);
}

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

static void prepare(void)
{
	/* The null page behind 4 GiB is what the page tables do not map. */
	memory = mmap(NULL, FOUR_GIB + 0x100000, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (memory == MAP_FAILED ||
	    mprotect(memory + FOUR_GIB, 0x100000, PROT_NONE))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct hvm_start_info *si;
	uint8_t lies, length;

	if (!memory)
		prepare();
	memset(&boot_info, 0, sizeof(boot_info));
	memset(&model, 0, sizeof(model));
	si = (void *)(memory + INFO_AT);
	memset(si, 0, sizeof(*si));
	si->magic = HVM_START_MAGIC;
	lies = (uint8_t)take(&in, 1);
	si->flags = (uint32_t)take(&in, 1);
	si->version = (si->flags & 3) != 0;
	si->rsdp_paddr = take_address(&in);
	length = (uint8_t)take(&in, 1);
	if (length & 7)
		length = 0;
	memset(memory + CMDLINE_AT, 'x', length * 40U);
	memory[CMDLINE_AT + length * 40U] = 0;
	si->cmdline_paddr = length ? CMDLINE_AT : 0;
	model.cmdline_len = length * 40U;
	model_claims(&model, (uint64_t)_base_addr, (uint64_t)_end);
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
