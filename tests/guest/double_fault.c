/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The stack for faults is taken away, so that no fault can be delivered any
 * more: the processor then raises a double fault, which has another stack.
 *
 * number: 9
 * ends: crash
 * says: exception 8: #DF double fault, error code 0x0
 * says: RIP {double_fault_here} CS  0008
 */
#include <bare/check.h>
#include <plat/page_tables.h>
#include <plat/traps.h>

/* Task state segment: the interrupt stack table begins at byte 36 */
static uint64_t fault_stack(void)
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
			 8 * (TRAP_STACK_FAULT - 1), sizeof(top));
	return top;
}

CHECK(double_fault, "a fault that cannot be delivered becomes #DF, no reset")
{
	volatile char *page = (volatile char *)(fault_stack() - PAGE_SIZE);

	/* Once used, the page stays usable if unmapping forgets the TLB. */
	*page = 1;
	page_tables_unmap((uint64_t)page);
	__asm__ __volatile__(".globl double_fault_here\n"
			     "double_fault_here: ud2");
	return check_fail("ud2 went through");
}
