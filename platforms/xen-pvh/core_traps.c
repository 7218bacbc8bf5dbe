/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk021/core_traps.c. DO NOT EDIT. */
/*
 * Interrupts and early faults. The native library dispatches both as events.
 */
#include <uk/event.h>
#include <uk/lcpu.h>
#include <uk/pcpuvar.h>
#include <uk/prio.h>

#include <plat/core.h>
#include <plat/core_halt.h>
#include <plat/core_stacks.h>
#include <plat/core_uk.h>
#include <plat/machine_check.h>

#define MAX_HANDLERS	8

static struct {
	unsigned int irq;
	void (*handler)(void);
} handlers[MAX_HANDLERS];

void core_traps_init(void)
{
	int rc = uk_lcpu_init(uk_pcpuvar_current_ptr_get(uk_lcpus));

	if (rc)
		core_crash("initialising the boot CPU failed with %d", rc);
}

void core_irq_register(unsigned int irq, void (*handler)(void))
{
	unsigned int i;

	for (i = 0; i < MAX_HANDLERS && handlers[i].handler; i++)
		;
	if (i == MAX_HANDLERS)
		core_crash("no room for a handler of irq %u", irq);
	handlers[i].irq = irq;
	handlers[i].handler = handler;
}

static int handle_irq(void *data)
{
	const __u64 irq = uk_lcpu_except_irq_ctx_get_irq(data);
	unsigned int i;

	core_leave_halt(data);
	for (i = 0; i < MAX_HANDLERS && handlers[i].handler; i++)
		if (handlers[i].irq == irq) {
			handlers[i].handler();
			return UK_EVENT_HANDLED;
		}
	return UK_EVENT_NOT_HANDLED;
}

/*
 * Before Unikraft's drivers of interrupt controllers, which claim all
 * interrupts, and behind the platform's own, which claims those of devices
 */
UK_EVENT_HANDLER_PRIO(UK_LCPU_EXCEPT_EVENT_IRQ, handle_irq,
		      UK_PRIO_AFTER(UK_PRIO_EARLIEST));

/* Unikraft's own report of a crash has all registers. */
#if CONFIG_LIBUKDEBUG_CRASH_SCREEN
static bool core_reports(void)
{
	return core_log_shows;
}
#else /* !CONFIG_LIBUKDEBUG_CRASH_SCREEN */
static bool core_reports(void)
{
	return false;
}
#endif /* !CONFIG_LIBUKDEBUG_CRASH_SCREEN */

static int handle_fault(void *data)
{
	const __u64 address = uk_lcpu_except_err_ctx_get_fault_addr(data);
	const char *stack = core_stacks_guard_name(address);
	const struct uk_lcpu_regs *regs;

	if (stack)
		core_error("the %s stack has overflowed", stack);
	if (uk_lcpu_x86_64_except_err_ctx_get_trapnr(data) == MACHINE_CHECK)
		machine_check_explain();
	if (core_reports())
		return UK_EVENT_NOT_HANDLED;
	regs = uk_lcpu_except_err_ctx_get_regs(data);
	core_crash("%s exception at 0x%lx, stack 0x%lx, address 0x%lx",
		   uk_lcpu_except_err_ctx_get_str(data),
		   uk_lcpu_regs_get(regs, PC), uk_lcpu_regs_get(regs, SP),
		   address);
}

UK_EVENT_HANDLER_PRIO(UK_LCPU_EXCEPT_EVENT_UNHANDLED, handle_fault,
		      UK_PRIO_EARLIEST);

void core_halt_until_irq(void)
{
	halt_until_irq();
}
