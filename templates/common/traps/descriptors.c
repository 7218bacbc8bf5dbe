/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * GDT, TSS and IDT. Faults, interrupts, double faults and NMIs each have a
 * stack of their own with an unmapped page below it, so that an overflow of
 * any stack is itself reported. Source: Intel SDM volume 3, 3.4.5, 6.14, 7.7.
 */
#include <stddef.h>

#include <plat/page_tables.h>
#include <plat/traps.h>
#include <plat/x86.h>

#define GDT_CODE		0x00af9b000000ffffUL
#define GDT_DATA		0x00cf93000000ffffUL
#define TSS_SELECTOR		0x18
#define TSS_PRESENT		0x0000890000000000UL
#define GATE_INTERRUPT		0x8e00
#define EXCEPTIONS		32
#define VECTORS			256
#define STACK_SIZE		0x8000

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
	char guard[PAGE_SIZE_4K];
	char stack[STACK_SIZE];
};

static uint64_t gdt[5] = { 0, GDT_CODE, GDT_DATA };
static struct tss tss = { .io_map = sizeof(struct tss) };
static struct gate idt[VECTORS];
static struct guarded_stack stacks[TRAP_STACKS]
	__attribute__((aligned(PAGE_SIZE_4K)));

extern char boot_stack_guard[];

#define EXCEPTION(name)	void asm_trap_##name(void);
#define ALL_EXCEPTIONS(X)						\
	X(divide_error) X(debug) X(nmi) X(int3) X(overflow) X(bounds)	\
	X(invalid_op) X(no_device) X(double_fault) X(invalid_tss)	\
	X(no_segment) X(stack_error) X(gp_fault) X(page_fault)		\
	X(coproc_error) X(alignment_check) X(machine_check)		\
	X(simd_error) X(virt_error) X(security_error)
ALL_EXCEPTIONS(EXCEPTION)

/* Interrupt entries are equally long, one after the other */
extern char cpu_irq_0[], cpu_irq_1[];

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

static enum trap_stack stack_of(unsigned int exception)
{
	switch (exception) {
	case 8:
		return TRAP_STACK_DOUBLE_FAULT;
	case 1:		/* a debugger may touch memory that is not there */
	case 2:
	case 3:
	case 18:
		return TRAP_STACK_NMI;
	default:
		return TRAP_STACK_FAULT;
	}
}

const char *descriptors_guard_name(uint64_t addr)
{
	static const char *const names[] = {
		"interrupt", "fault", "double fault", "NMI",
	};
	unsigned int i;

	if (page_down(addr) == (uint64_t)boot_stack_guard)
		return "boot";
	for (i = 0; i < TRAP_STACKS; i++)
		if (page_down(addr) == (uint64_t)stacks[i].guard)
			return names[i];
	return NULL;
}

void descriptors_load(void)
{
	const uint64_t base = (uint64_t)&tss;
	const uint64_t step = (uint64_t)(cpu_irq_1 - cpu_irq_0);
	struct table_pointer p;
	unsigned int i;

	for (i = 0; i < TRAP_STACKS; i++) {
		page_tables_unmap((uint64_t)stacks[i].guard);
		tss.ist[i] = (uint64_t)(&stacks[i] + 1);
	}
	gdt[3] = TSS_PRESENT | (sizeof(tss) - 1) | (base & 0xffffff) << 16 |
		 (base >> 24 & 0xff) << 56;
	gdt[4] = base >> 32;
	p = (struct table_pointer){ sizeof(gdt) - 1, (uint64_t)gdt };
	__asm__ __volatile__("lgdt %0" : : "m"(p) : "memory");
	__asm__ __volatile__("ltr %w0" : : "r"(TSS_SELECTOR) : "memory");

	for (i = 0; i < EXCEPTIONS; i++)
		if (exceptions[i])
			set_gate(i, (uint64_t)exceptions[i], stack_of(i));
	for (; i < VECTORS; i++)
		set_gate(i, (uint64_t)cpu_irq_0 + (i - EXCEPTIONS) * step,
			 TRAP_STACK_IRQ);
	p = (struct table_pointer){ sizeof(idt) - 1, (uint64_t)idt };
	__asm__ __volatile__("lidt %0" : : "m"(p) : "memory");
}
