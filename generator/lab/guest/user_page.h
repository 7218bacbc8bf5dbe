/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A large page of free memory, opened to unprivileged code.
 * Source: Intel SDM volume 3, 4.5 (4-level paging) and 4.6 (access rights).
 */
#ifndef USER_PAGE_H
#define USER_PAGE_H

#include <stddef.h>

#include <plat/boot.h>
#include <plat/x86.h>

#define TABLE		0x000ffffffffff000UL
#define PTE_NX		(1UL << 63)

/* The first large page that is all free memory */
static inline void *user_page(const struct boot_info *bi)
{
	const struct memory_range *r = bi->map.range;
	uint64_t at;

	for (; r < bi->map.range + bi->map.count; r++) {
		at = (r->start + PAGE_SIZE_2M - 1) & ~(PAGE_SIZE_2M - 1UL);
		if (r->kind == MEMORY_RAM && at + PAGE_SIZE_2M <= r->end)
			return (void *)at;
	}
	return NULL;
}

/* On every level, since the strictest of them holds; execution is allowed. */
static inline void make_user_page(volatile void *page)
{
	uint64_t *entry = (uint64_t *)(read_cr3() & TABLE);
	unsigned int shift;

	for (shift = 39;; shift -= 9) {
		entry += (uint64_t)page >> shift & 511;
		*entry = (*entry | PTE_USER) & ~PTE_NX;
		if (shift == 21)
			break;
		entry = (uint64_t *)(*entry & TABLE);
	}
	__asm__ __volatile__("invlpg (%0)" : : "r"(page) : "memory");
}

#endif /* USER_PAGE_H */
