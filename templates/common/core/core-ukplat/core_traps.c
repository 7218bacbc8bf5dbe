/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Passes exceptions to Unikraft as events, and interrupts to its library of
 * interrupt controllers.
 */
#include <stddef.h>

#include <uk/arch/traps.h>
#include <uk/event.h>
#include <uk/plat/common/lcpu.h>

#include <plat/core.h>
#include <plat/core_uk.h>
#include <plat/traps.h>
#include <plat/x86.h>

#define PAGE_FAULT	14

void uk_intctlr_xpic_handle_irq(struct __regs *regs, unsigned int irq);
void traps_lcpu_init(struct lcpu *this_lcpu);

UK_EVENT(UKARCH_TRAP_INVALID_OP);
UK_EVENT(UKARCH_TRAP_DEBUG);
UK_EVENT(UKARCH_TRAP_NMI);
UK_EVENT(UKARCH_TRAP_PAGE_FAULT);
UK_EVENT(UKARCH_TRAP_BUS_ERROR);
UK_EVENT(UKARCH_TRAP_MATH);
UK_EVENT(UKARCH_TRAP_SECURITY);
UK_EVENT(UKARCH_TRAP_X86_GP);

/* By exception number; Unikraft has no event for the others */
static struct uk_event *const events[] = {
	[0] = UK_EVENT_PTR(UKARCH_TRAP_MATH),		/* divide error */
	[1] = UK_EVENT_PTR(UKARCH_TRAP_DEBUG),
	[2] = UK_EVENT_PTR(UKARCH_TRAP_NMI),
	[3] = UK_EVENT_PTR(UKARCH_TRAP_DEBUG),		/* breakpoint */
	[6] = UK_EVENT_PTR(UKARCH_TRAP_INVALID_OP),
	[7] = UK_EVENT_PTR(UKARCH_TRAP_MATH),		/* no FPU */
	[11] = UK_EVENT_PTR(UKARCH_TRAP_BUS_ERROR),	/* no segment */
	[12] = UK_EVENT_PTR(UKARCH_TRAP_BUS_ERROR),	/* stack segment */
	[13] = UK_EVENT_PTR(UKARCH_TRAP_X86_GP),
	[PAGE_FAULT] = UK_EVENT_PTR(UKARCH_TRAP_PAGE_FAULT),
	[16] = UK_EVENT_PTR(UKARCH_TRAP_MATH),		/* FPU error */
	[17] = UK_EVENT_PTR(UKARCH_TRAP_BUS_ERROR),	/* alignment */
	[19] = UK_EVENT_PTR(UKARCH_TRAP_MATH),		/* SIMD error */
	[21] = UK_EVENT_PTR(UKARCH_TRAP_SECURITY),	/* control protection */
};

_Static_assert(sizeof(struct trap_frame) == sizeof(struct __regs) &&
	       offsetof(struct trap_frame, rip) == __REGS_OFFSETOF_RIP,
	       "vectors.S leaves Unikraft's frame");

bool core_handle_exception(int number, struct trap_frame *frame,
			   uint64_t error_code)
{
	struct ukarch_trap_ctx ctx = {
		.regs = (struct __regs *)frame,
		.trapnr = number,
		.error_code = (int)error_code,
	};
	int rc;

	if ((size_t)number >= ARRAY_SIZE(events) || !events[number])
		return false;
	if (number == PAGE_FAULT)
		ctx.fault_address = read_cr2();
	rc = uk_raise_event_ptr(events[number], &ctx);
	if (rc < 0)
		core_error("exception %d: its handler failed with %d", number,
			   rc);
	return rc > 0;
}

#if CONFIG_LIBUKINTCTLR
bool core_handle_irq(struct trap_frame *frame, uint32_t irq)
{
	uk_intctlr_xpic_handle_irq((struct __regs *)frame, irq);
	return true;
}
#else /* !CONFIG_LIBUKINTCTLR */
bool core_handle_irq(struct trap_frame *frame __unused, uint32_t irq __unused)
{
	return false;
}
#endif /* !CONFIG_LIBUKINTCTLR */

void core_irq_register(unsigned int irq, void (*handler)(void))
{
	traps_set_irq(irq, handler);
}

/* Called by Unikraft in the course of lcpu_init() */
void traps_lcpu_init(struct lcpu *this_lcpu __unused)
{
	traps_init();
}

void core_guard_stacks(void)
{
	descriptors_guard();
}

void core_traps_init(void)
{
	int rc = lcpu_init(lcpu_get_bsp());

	if (rc)
		core_crash("initialising the boot CPU failed with %d", rc);
}
