/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A window of 1 GiB, made of large pages, in an entry of the top table that
 * nobody else uses: just below Unikraft's map of all memory. So it works the
 * same with the boot page tables and with Unikraft's own, and cannot disagree
 * with either about rights. Source: Intel SDM volume 3, 4.5 (tables), 4.9.2 and
 * 12.12.4 (memory types: both bits set mean uncached, as the PAT is at reset).
 */
#include <stddef.h>

#include <plat/core.h>
#include <plat/device_map.h>
#include <plat/lock.h>
#include <plat/page.h>
#include <plat/start.h>
#include <plat/x86.h>

#define TOP_ENTRY	510
#define WINDOW		0xffffff0000000000UL
#define LARGE_PAGE	((uint64_t)PAGE_SIZE_2M)
#define PTE_ADDR	0x000ffffffffff000UL
#define PTE_UNCACHED	0x018UL
#define PTE_NX		(1UL << 63)
#define PTE_TABLE	(PTE_PRESENT | PTE_WRITE | PTE_ACCESSED)
#define PTE_DEVICE	(PTE_TABLE | PTE_DIRTY | PTE_LARGE | PTE_UNCACHED | \
			 PTE_NX)

static IN_PAGES uint64_t gigas[PAGE_TABLE_ENTRIES];
static IN_PAGES uint64_t pages[PAGE_TABLE_ENTRIES];
static unsigned int used;
static bool lock;

uint64_t device_map_end(void)
{
	uint32_t bits = 36;	/* where the CPU does not say */

	if (cpuid(0x80000000, 0).eax >= 0x80000008)
		bits = cpuid(0x80000008, 0).eax & 0xff;
	return 1UL << (bits < 52 ? bits : 52);
}

/* Whether `count` pages in a row, from the one with this index on, are these */
static bool holds(unsigned int at, uint64_t paddr, uint64_t count)
{
	uint64_t i;

	for (i = 0; i < count; i++)
		if (at + i >= used ||
		    pages[at + i] != ((paddr + i * LARGE_PAGE) | PTE_DEVICE))
			return false;
	return true;
}

static void enter_window(void)
{
	uint64_t *const top = core_phys(read_cr3() & PTE_ADDR);

	gigas[0] = (uint64_t)pages | PTE_TABLE;
	top[TOP_ENTRY] = (uint64_t)gigas | PTE_TABLE;
}

/* The index of pages that map a range, new ones if need be; -1: no room */
static int find_pages(uint64_t first, uint64_t count)
{
	unsigned int at;
	uint64_t i;

	for (at = 0; at < used && !holds(at, first, count); at++)
		;
	if (count > PAGE_TABLE_ENTRIES - at)
		return -1;
	if (at == used) {
		/* No entry was present before, so no TLB holds one. */
		for (i = 0; i < count; i++)
			pages[used++] = (first + i * LARGE_PAGE) | PTE_DEVICE;
		enter_window();
	}
	return (int)at;
}

volatile void *device_map(uint64_t paddr, uint64_t size)
{
	const uint64_t first = paddr & ~(LARGE_PAGE - 1);
	const uint64_t end = device_map_end();
	uint64_t flags;
	int at;

	if (!size || paddr >= end || size > end - paddr) {
		core_error("device: this CPU has no address 0x%lx",
			   (unsigned long)(paddr + size));
		return NULL;
	}
	flags = lock_take(&lock);
	at = find_pages(first, (paddr + size - first + LARGE_PAGE - 1) /
			       LARGE_PAGE);
	lock_release(&lock, flags);
	if (at < 0) {
		core_error("device: no room to map 0x%lx bytes at 0x%lx",
			   (unsigned long)size, (unsigned long)paddr);
		return NULL;
	}
	return (volatile uint8_t *)(WINDOW + (uint64_t)at * LARGE_PAGE) +
	       (paddr - first);
}
