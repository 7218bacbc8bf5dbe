/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The task state segment, which knows the stacks of exceptions.
 * Source: Intel SDM volume 3, 7.7 (the table begins at byte 36).
 */
#ifndef TASK_STATE_H
#define TASK_STATE_H

#include <plat/traps.h>

/* First byte behind a stack of this CPU's interrupt stack table */
static inline uint64_t stack_top(enum trap_stack stack)
{
	struct {
		uint16_t limit;
		uint64_t base;
	} __attribute__((packed)) gdt;
	const uint64_t *d;
	uint16_t selector;
	uint64_t tss, top;

	__asm__("sgdt %0" : "=m"(gdt));
	__asm__("str %0" : "=r"(selector));
	d = (const uint64_t *)(gdt.base + selector);
	tss = (d[0] >> 16 & 0xffffff) | (d[0] >> 56) << 24 | d[1] << 32;
	__builtin_memcpy(&top, (const char *)tss + 36 +
			 8 * ((unsigned int)stack - 1), sizeof(top));
	return top;
}

#endif /* TASK_STATE_H */
