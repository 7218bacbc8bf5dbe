/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the page tables in force allow, read without provoking a fault, and what
 * the control registers hold. Source: Intel SDM volume 3, 2.5, 4.5 and 7.7.
 */
#include <stdio.h>
#include <string.h>

#include <uk/essentials.h>

#include "protection.h"

#define PRESENT		0x001UL
#define WRITE		0x002UL
#define LARGE		0x080UL
#define NX		(1UL << 63)
#define ADDRESS		0x000ffffffffff000UL
#define PAGE		4096UL

/* Where the core with page tables of its own reaches physical memory */
#if CONFIG_PAGING || CONFIG_LIBUKPAGING
#define PHYSICAL	0xffffff8000000000UL
#else
#define PHYSICAL	0UL
#endif

/* More than the largest stack of exceptions has */
#define STACK_PAGES	32

extern const char _text[], _rodata[], _data[];
_Bool boot_stack_overflowed(unsigned long addr);

/* The strictest of the entries that lead to a page; 0 if it is not mapped */
static unsigned long rights_of(unsigned long addr)
{
	unsigned long entry, all = PRESENT | WRITE, nx = 0;
	unsigned int shift;

	__asm__("movq %%cr3, %0" : "=r"(entry));
	for (shift = 39;; shift -= 9) {
		entry = ((unsigned long *)(PHYSICAL + (entry & ADDRESS)))
			[addr >> shift & 511];
		all &= entry;
		nx |= entry & NX;
		if (!(entry & PRESENT) || shift == 12 ||
		    (shift < 39 && entry & LARGE))
			return all & PRESENT ? all | nx : 0;
	}
}

static const char *in_words(unsigned long addr)
{
	const unsigned long rights = rights_of(addr);

	if (!rights)
		return "none";
	if (rights & NX)
		return rights & WRITE ? "rw-" : "r--";
	return rights & WRITE ? "rwx" : "r-x";
}

/* Whether the page is mapped that the platform calls the boot stack's guard */
static unsigned int boot_stack_unguarded(void)
{
	unsigned long page;

	for (page = PAGE; page < 0x100000000UL; page += PAGE)
		if (boot_stack_overflowed(page))
			return !!rights_of(page);
	return 1;
}

/* Stacks of exceptions without an unmapped page at their low end */
static unsigned int unguarded(void)
{
	struct {
		unsigned short limit;
		unsigned long base;
	} __attribute__((packed)) gdt;
	const unsigned long *d;
	unsigned short selector;
	unsigned long tss, top, page;
	unsigned int i, missing = 0;

	__asm__("sgdt %0" : "=m"(gdt));
	__asm__("str %0" : "=r"(selector));
	d = (const unsigned long *)(gdt.base + selector);
	tss = (d[0] >> 16 & 0xffffff) | (d[0] >> 56) << 24 | d[1] << 32;
	for (i = 0; i < 7; i++) {
		memcpy(&top, (const char *)tss + 36 + 8 * i, sizeof(top));
		if (!top)
			continue;
		page = top - PAGE;
		while (rights_of(page) && top - page < STACK_PAGES * PAGE)
			page -= PAGE;
		missing += !!rights_of(page);
	}
	return missing + boot_stack_unguarded();
}

void show_protection(void)
{
	static char written;
	unsigned long cr0, cr4;
	unsigned int efer, high;

	printf("text=%s\n", in_words((unsigned long)_text));
	printf("constants=%s\n", in_words((unsigned long)_rodata));
	printf("data=%s\n", in_words((unsigned long)&written));
	printf("null=%s\n", in_words(0));
	printf("unguarded=%u\n", unguarded());
	__asm__("movq %%cr0, %0" : "=r"(cr0));
	__asm__("movq %%cr4, %0" : "=r"(cr4));
	__asm__("rdmsr" : "=a"(efer), "=d"(high) : "c"(0xc0000080));
	printf("write_protect=%lu nx=%u smep=%lu smap=%lu umip=%lu\n",
	       cr0 >> 16 & 1, efer >> 11 & 1, cr4 >> 20 & 1, cr4 >> 21 & 1,
	       cr4 >> 11 & 1);
}
