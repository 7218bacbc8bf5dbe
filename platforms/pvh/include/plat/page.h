/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/cpu/x86/include/plat/page.h. DO NOT EDIT. */
/*
 * The smallest page, the unit in which memory is counted.
 */
#ifndef PLAT_PAGE_H
#define PLAT_PAGE_H

#include <stdint.h>

#define PAGE_SIZE	0x1000UL
#define PAGE_MASK	(~(PAGE_SIZE - 1))
#define FOUR_GIB	0x100000000UL	/* boot tables map what is below */

/*
 * For variables of whole pages that begin as zeros: the linker script puts them
 * where a page begins. An alignment of their own would be one of the segment,
 * and the file would keep it by padding.
 */
#define IN_PAGES	__attribute__((section(".bss.pages")))

static inline uint64_t page_down(uint64_t addr)
{
	return addr & PAGE_MASK;
}

static inline uint64_t page_up(uint64_t addr)
{
	return (addr + PAGE_SIZE - 1) & PAGE_MASK;
}

#endif /* PLAT_PAGE_H */
