/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An exception that the core does not handle prints the registers and ends the
 * guest as crashed. Lines go out one by one: a fault on the way loses only
 * those that follow.
 */
#include <stddef.h>

#include <plat/core.h>
#include <plat/halt.h>
#include <plat/machine_check.h>
#include <plat/page.h>
#include <plat/power.h>
#include <plat/traps.h>
#include <plat/x86.h>

#define IRQS		224
#define PAGE_FAULT	14
#define PF_PRESENT	1
#define PF_WRITE	2
#define PF_FETCH	16

static void (*irq_handlers[IRQS])(void);

static const char *const exception_names[] = {
	"#DE divide error", "#DB debug", "NMI", "#BP breakpoint",
	"#OF overflow", "#BR bound range", "#UD invalid opcode",
	"#NM no FPU", "#DF double fault", "reserved", "#TS invalid TSS",
	"#NP segment not present", "#SS stack segment",
	"#GP general protection", "#PF page fault", "reserved",
	"#MF FPU error", "#AC alignment", "#MC machine check",
	"#XM SIMD error", "#VE virtualization", "#CP control protection",
};

void traps_init(void)
{
	descriptors_init();
}

void traps_set_irq(unsigned int irq, void (*handler)(void))
{
	if (irq >= IRQS)
		core_crash("irq %u is out of range", irq);
	irq_handlers[irq] = handler;
}

void trap_interrupt(struct trap_frame *frame, uint32_t irq)
{
	frame->rip = halt_leave(frame->rip);
	if (irq_handlers[irq])
		irq_handlers[irq]();
	else if (!core_handle_irq(frame, irq))
		core_log("irq %u has no handler", irq);
}

static void explain_page_fault(uint64_t addr, uint64_t error)
{
	const char *guard = descriptors_guard_name(addr);

	core_error("page fault: %s of 0x%lx, which %s",
		   error & PF_FETCH ? "execution"
				    : error & PF_WRITE ? "write" : "read",
		   (unsigned long)addr,
		   error & PF_PRESENT ? "does not allow it" : "is not mapped");
	if (guard)
		core_error("page fault: the %s stack has overflowed", guard);
	else if (addr < PAGE_SIZE)
		core_error("page fault: a null pointer was used");
}

void trap_exception(int number, struct trap_frame *f, uint64_t error_code)
{
	const uint64_t cr2 = read_cr2();
	const char *guard = descriptors_guard_name(cr2);

	if (core_handle_exception(number, f, error_code))
		return;
	core_error("exception %d: %s, error code 0x%lx", number,
		   exception_names[number], (unsigned long)error_code);
	if (traps_cpu())
		core_error("on CPU %u", traps_cpu());
	core_error("RIP %016lx CS  %04lx RFLAGS %08lx RSP %016lx",
		   (unsigned long)f->rip, (unsigned long)f->cs,
		   (unsigned long)f->rflags, (unsigned long)f->rsp);
	core_error("RAX %016lx RBX %016lx RCX %016lx", (unsigned long)f->rax,
		   (unsigned long)f->rbx, (unsigned long)f->rcx);
	core_error("RDX %016lx RSI %016lx RDI %016lx", (unsigned long)f->rdx,
		   (unsigned long)f->rsi, (unsigned long)f->rdi);
	core_error("RBP %016lx R8  %016lx R9  %016lx", (unsigned long)f->rbp,
		   (unsigned long)f->r8, (unsigned long)f->r9);
	core_error("R10 %016lx R11 %016lx R12 %016lx", (unsigned long)f->r10,
		   (unsigned long)f->r11, (unsigned long)f->r12);
	core_error("R13 %016lx R14 %016lx R15 %016lx", (unsigned long)f->r13,
		   (unsigned long)f->r14, (unsigned long)f->r15);
	core_error("CR0 %016lx CR2 %016lx CR3 %016lx CR4 %016lx",
		   (unsigned long)read_cr0(), (unsigned long)cr2,
		   (unsigned long)read_cr3(), (unsigned long)read_cr4());
	if (number == PAGE_FAULT)
		explain_page_fault(cr2, error_code);
	else if (number == MACHINE_CHECK)
		machine_check_explain();
	else if (guard)
		core_error("the %s stack has overflowed", guard);
	power_end(POWER_CRASH);
}
