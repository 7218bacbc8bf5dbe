/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef PLAT_TRAPS_H
#define PLAT_TRAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The frame that vectors.S leaves */
struct trap_frame {
	uint64_t pad;
	uint64_t r15, r14, r13, r12, rbp, rbx;
	uint64_t r11, r10, r9, r8;
	uint64_t rax, rcx, rdx, rsi, rdi;
	uint64_t error_code;
	uint64_t rip, cs, rflags, rsp, ss;
};

_Static_assert(sizeof(struct trap_frame) == 176, "trap frame size");

/* Stacks of the CPU's interrupt stack table, by what runs on them */
enum trap_stack {
	TRAP_STACK_IRQ = 1,
	TRAP_STACK_FAULT,
	TRAP_STACK_DOUBLE_FAULT,	/* and machine checks */
	TRAP_STACK_NMI,
	TRAP_STACK_DEBUG,
	TRAP_STACK_BREAKPOINT,
	TRAP_STACKS = TRAP_STACK_BREAKPOINT,
	CPU_STACKS,		/* and the first stack of a further CPU */
};

/** Builds and loads GDT, TSS and IDT of the CPU that boots. */
void traps_init(void);

/** The number of this CPU; 0 before its tables are loaded. */
unsigned int traps_cpu(void);

/** Calls `handler` for vector 32 + irq; NULL takes it away. */
void traps_set_irq(unsigned int irq, void (*handler)(void));

/** Tells which guard page an address lies in: a stack's name, or NULL. */
const char *descriptors_guard_name(uint64_t addr);

/** Builds and loads the tables; every gate is an interrupt gate. */
void descriptors_init(void);

/** Unmaps the page below each of the boot CPU's stacks of exceptions. */
void descriptors_guard(void);

/** How much memory a further CPU's tables and stacks take. */
size_t descriptors_size(void);

/** Builds a further CPU's tables and stacks. */
void descriptors_prepare(unsigned int cpu, uint64_t memory);

/** Loads them on that CPU. */
void descriptors_load(unsigned int cpu);

/** The end of the stack that a further CPU begins on. */
uint64_t descriptors_cpu_stack(unsigned int cpu);

/**
 * The core's part: whether one of its handlers took this exception, which then
 * returns.
 */
bool core_handle_exception(int number, struct trap_frame *frame,
			   uint64_t error_code);

/** The core's part: whether it took an interrupt that has no handler here. */
bool core_handle_irq(struct trap_frame *frame, uint32_t irq);

/* Called by vectors.S */
void trap_exception(int number, struct trap_frame *frame, uint64_t error_code);
void trap_interrupt(struct trap_frame *frame, uint32_t irq);

#endif /* PLAT_TRAPS_H */
