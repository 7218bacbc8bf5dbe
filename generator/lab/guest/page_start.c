/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A loop whose first instruction is the first of its page, with nothing in the
 * page before it. Interrupts come at that instruction, too, and whoever looks
 * at the bytes before it takes a page fault on the interrupt's stack.
 *
 * number: 12
 */
#include <stdbool.h>

#include <bare/check.h>
#include <plat/core.h>
#include <plat/lapic.h>
#include <plat/page_tables.h>

#define ROUNDS	200
#define TICKS	20000

void page_start_loop(volatile unsigned int *until_not_0);
extern char page_start_hole[];

__asm__("	.pushsection .text.page_start, \"ax\", @progbits\n"
	"	.balign	4096\n"
	"	.globl	page_start_hole, page_start_loop\n"
	"page_start_hole:\n"
	"	.skip	4096\n"
	"page_start_loop:\n"
	"	cmpl	$0, (%rdi)\n"
	"	je	page_start_loop\n"
	"	ret\n"
	"	.popsection\n");

static volatile unsigned int came;

static void handler(void)
{
	came = 1;
	lapic_eoi();
}

CHECK(page_start, "an interrupt at the first byte behind a hole reads no byte of the hole")
{
	unsigned int i;

	if (!lapic_init())
		return check_skip("this CPU has no local APIC");
	page_tables_unmap((uint64_t)page_start_hole);
	core_irq_register(LAPIC_TIMER_IRQ, handler);
	for (i = 0; i < ROUNDS; i++) {
		came = 0;
		lapic_timer_start(TICKS);
		__asm__ __volatile__("sti" : : : "memory");
		page_start_loop(&came);
		__asm__ __volatile__("cli" : : : "memory");
	}
	print_line("  %u interrupts", ROUNDS);
	return CHECK_PASS;
}
