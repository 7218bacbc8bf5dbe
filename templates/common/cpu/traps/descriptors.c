/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * GDT, TSS and IDT. Exceptions that may nest have separate stacks, each with an
 * unmapped page below it, so that an overflow of any stack is itself reported.
 * Source: Intel SDM volume 3, 3.4.5, 6.14, 7.7.
 */
#include <stddef.h>

#include <plat/boot_stack.h>
#include <plat/cpus.h>
#include <plat/entry_points.h>
#include <plat/page_tables.h>
#include <plat/traps.h>
#include <plat/vectors.h>
#include <plat/x86.h>

#define GDT_CODE		0x00af9b000000ffffUL
#define GDT_DATA		0x00cf93000000ffffUL
#define SELECTOR_SIZE		8
#define TSS_PRESENT		0x0000890000000000UL
#define GATE_INTERRUPT		0x8e00
#define EXCEPTIONS		32
#define VECTORS			256

struct tss {
	uint32_t reserved0;
	uint64_t rsp[3];
	uint64_t reserved1;
	uint64_t ist[7];
	uint64_t reserved2;
	uint16_t reserved3;
	uint16_t io_map;
} __attribute__((packed));

struct gate {
	uint16_t offset0;
	uint16_t selector;
	uint16_t ist_type_low;
	uint16_t offset1;
	uint32_t offset2;
	uint32_t reserved;
};

_Static_assert(sizeof(struct tss) == 104, "TSS size");
_Static_assert(sizeof(struct gate) == 16, "gate size");

struct table_pointer {
	uint16_t limit;
	uint64_t base;
} __attribute__((packed));

struct guarded_stack {
	char guard[PAGE_SIZE];
	char stack[VECTOR_STACK_SIZE];
};

/*
 * One table for all CPUs, with a task state for each: the selector in the task
 * register tells which CPU this is, whatever else is loaded.
 */
#define TSS_INDEX(cpu)		(3 + 2 * (cpu))

static uint64_t gdt[TSS_INDEX(CPUS_MAX)] = {
	[BOOT_CS / SELECTOR_SIZE] = GDT_CODE,
	[BOOT_DS / SELECTOR_SIZE] = GDT_DATA,
};

_Static_assert(sizeof(gdt) <= 0x10000, "GDT size");

/* A further CPU's memory; the boot CPU has its parts in the image. */
struct cpu_memory {
	struct guarded_stack stacks[CPU_STACKS];
	struct tss tss;
};

static struct gate idt[VECTORS];
static struct tss boot_tss;
static IN_PAGES struct guarded_stack boot_stacks[TRAP_STACKS];
static struct cpu_memory *further[CPUS_MAX];

static void (*const exceptions[EXCEPTIONS])(void) = {
	[0] = asm_trap_divide_error,
	[1] = asm_trap_debug,
	[2] = asm_trap_nmi,
	[3] = asm_trap_int3,
	[4] = asm_trap_overflow,
	[5] = asm_trap_bounds,
	[6] = asm_trap_invalid_op,
	[7] = asm_trap_no_device,
	[8] = asm_trap_double_fault,
	[10] = asm_trap_invalid_tss,
	[11] = asm_trap_no_segment,
	[12] = asm_trap_stack_error,
	[13] = asm_trap_gp_fault,
	[14] = asm_trap_page_fault,
	[16] = asm_trap_coproc_error,
	[17] = asm_trap_alignment_check,
	[18] = asm_trap_machine_check,
	[19] = asm_trap_simd_error,
	[20] = asm_trap_virt_error,
	[21] = asm_trap_security_error,
};

static void set_gate(unsigned int vector, uint64_t entry, enum trap_stack ist)
{
	idt[vector] = (struct gate){
		.offset0 = (uint16_t)entry,
		.selector = BOOT_CS,
		.ist_type_low = (uint16_t)(GATE_INTERRUPT | ist),
		.offset1 = (uint16_t)(entry >> 16),
		.offset2 = (uint32_t)(entry >> 32),
	};
}

/*
 * The CPU starts each of these stacks at its end again. So whatever interrupts
 * a handler that has to continue needs another stack: an NMI comes at any time,
 * a debugger's breakpoints may lie anywhere, and its handler may touch unmapped
 * memory. Handlers of double faults and machine checks do not return.
 */
static enum trap_stack stack_of(unsigned int exception)
{
	switch (exception) {
	case 1:
		return TRAP_STACK_DEBUG;
	case 2:
		return TRAP_STACK_NMI;
	case 3:
		return TRAP_STACK_BREAKPOINT;
	case 8:
	case 18:
		return TRAP_STACK_DOUBLE_FAULT;
	default:
		return TRAP_STACK_FAULT;
	}
}

static const char *guard_name(const struct guarded_stack *stacks,
			      unsigned int count, uint64_t addr)
{
	static const char *const names[CPU_STACKS] = {
		"interrupt", "fault", "double fault", "NMI", "debug",
		"breakpoint", "first",
	};
	unsigned int i;

	for (i = 0; i < count; i++)
		if (page_down(addr) == (uint64_t)stacks[i].guard)
			return names[i];
	return NULL;
}

const char *descriptors_guard_name(uint64_t addr)
{
	const char *name = guard_name(boot_stacks, TRAP_STACKS, addr);
	unsigned int i;

	if (boot_stack_overflowed(addr))
		return "boot";
	for (i = 1; cpus_has(i) && !name; i++)
		if (further[i])
			name = guard_name(further[i]->stacks, CPU_STACKS, addr);
	return name;
}

static void unmap_guards(const struct guarded_stack *stacks, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		page_tables_unmap((uint64_t)stacks[i].guard);
}

static void build(struct tss *tss, unsigned int cpu,
		  const struct guarded_stack *stacks, unsigned int count)
{
	const uint64_t base = (uint64_t)tss;
	unsigned int i;

	*tss = (struct tss){ .io_map = sizeof(*tss) };
	for (i = 0; i < count; i++)
		tss->ist[i] = (uint64_t)(&stacks[i] + 1);
	gdt[TSS_INDEX(cpu)] = TSS_PRESENT | (sizeof(*tss) - 1) |
			      (base & 0xffffff) << 16 |
			      (base >> 24 & 0xff) << 56;
	gdt[TSS_INDEX(cpu) + 1] = base >> 32;
}

void descriptors_load(unsigned int cpu)
{
	struct table_pointer p;

	p = (struct table_pointer){ sizeof(gdt) - 1, (uint64_t)gdt };
	__asm__ __volatile__("lgdt %0" : : "m"(p) : "memory");
	__asm__ __volatile__("ltr %w0" : : "r"(TSS_INDEX(cpu) * SELECTOR_SIZE)
			     : "memory");
	p = (struct table_pointer){ sizeof(idt) - 1, (uint64_t)idt };
	__asm__ __volatile__("lidt %0" : : "m"(p) : "memory");
}

void descriptors_init(void)
{
	const uint64_t step = (uint64_t)(cpu_irq_1 - cpu_irq_0);
	unsigned int i;

	for (i = 0; i < EXCEPTIONS; i++)
		if (exceptions[i])
			set_gate(i, (uint64_t)exceptions[i], stack_of(i));
	for (; i < VECTORS; i++)
		set_gate(i, (uint64_t)cpu_irq_0 + (i - EXCEPTIONS) * step,
			 TRAP_STACK_IRQ);
	build(&boot_tss, 0, boot_stacks, TRAP_STACKS);
	descriptors_load(0);
}

void descriptors_guard(void)
{
	unmap_guards(boot_stacks, TRAP_STACKS);
}

size_t descriptors_size(void)
{
	return sizeof(struct cpu_memory);
}

void descriptors_prepare(unsigned int cpu, uint64_t memory)
{
	further[cpu] = (struct cpu_memory *)memory;
	build(&further[cpu]->tss, cpu, further[cpu]->stacks, CPU_STACKS);
	unmap_guards(further[cpu]->stacks, CPU_STACKS);
}

uint64_t descriptors_cpu_stack(unsigned int cpu)
{
	return (uint64_t)(&further[cpu]->stacks[CPU_STACKS - 1] + 1);
}

/* STR, since hosts that emulate kernel code cannot do LSL */
unsigned int traps_cpu(void)
{
	unsigned int selector, cpu;

	__asm__ __volatile__("str %0" : "=r"(selector));
	cpu = (selector / SELECTOR_SIZE - TSS_INDEX(0)) / 2;
	/* Before ltr, the selector is what the loader left. */
	return cpu < CPUS_MAX && gdt[TSS_INDEX(cpu)] ? cpu : 0;
}
