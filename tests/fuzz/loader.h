/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the feeders of boot protocols share. Four GiB of "physical memory" lie in
 * front of a page that cannot be touched, as the boot page tables have it. Each
 * run ends as a boot does: the core is entered with a map that holds what model.c
 * says, or the guest crashes with a message.
 */
#ifndef FUZZ_LOADER_H
#define FUZZ_LOADER_H

#include <setjmp.h>
#include <sys/mman.h>

#include <plat/core.h>
#include <plat/hypervisor.h>
#include <plat/memory_hole.h>

#include "feeder.h"
#include "model.h"

/* As one unit, so that each run can begin with fresh data */
#include <boot/boot/boot.c>

/* How a run ended */
#define CRASHED		1
#define ENTERED		2

#define TABLES_END	(512UL << 30)

static uint8_t *memory;
static jmp_buf end_of_run;
static struct model model;
static unsigned int errors;

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
	longjmp(end_of_run, CRASHED);
}

void core_enter(const struct boot_info *bi)
{
	model_check(&model, bi);
	model_check_lost(&bi->map, TABLES_END, errors);
	longjmp(end_of_run, ENTERED);
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
void core_error(const char *fmt, ...)
{
	(void)fmt;
	errors++;
}
void core_traps_init(void) {}
void cpu_init(void) {}
void console_init(void) {}
void hypervisor_init(void) {}
void interrupts_init(void) {}
void cpus_init(struct memory_map *map) { (void)map; }
struct boot_info *core_boot_info(void)
{
	static struct boot_info boot_info;

	return &boot_info;
}

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
	const uint64_t end = memory_map_ram_end(map);

	return end < TABLES_END ? end : TABLES_END;
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

static void loader_begin(void)
{
	/* The page behind 4 GiB is what the page tables do not map. */
	if (!memory) {
		memory = mmap(NULL, FOUR_GIB + 0x100000, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1,
			      0);
		if (memory == MAP_FAILED ||
		    mprotect(memory + FOUR_GIB, 0x100000, PROT_NONE))
			abort();
	}
	memset(core_boot_info(), 0, sizeof(struct boot_info));
	memset(&model, 0, sizeof(model));
	errors = 0;
	model_claims(&model, (uint64_t)_base_addr, (uint64_t)_end);
}

/* 0 to 10,200 letters; most often none. Returns where they are, or 0. */
static uint32_t put_cmdline(struct input *in, uint32_t at)
{
	uint8_t length = (uint8_t)take(in, 1);

	if (length & 7)
		length = 0;
	memset(memory + at, 'x', length * 40U);
	memory[at + length * 40U] = 0;
	model.cmdline_len = length * 40U;
	return length ? at : 0;
}

#endif /* FUZZ_LOADER_H */
