/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Takes every interrupt of a device, at once: who comes behind others for the
 * same event pays for them.
 */
#include <uk/event.h>
#include <uk/intctlr.h>
#include <uk/lcpu.h>
#include <uk/prio.h>

#include <plat/core_halt.h>
#include <plat/device_irqs.h>

static int handle_device_irq(void *data)
{
	const unsigned int irq = uk_lcpu_except_irq_ctx_get_irq(data);

	if (irq > LAST_MESSAGE_IRQ)
		return UK_EVENT_NOT_HANDLED;
	core_leave_halt(data);
	uk_intctlr_irq_handle(data);
	device_irq_done(irq);
	return UK_EVENT_HANDLED;
}

UK_EVENT_HANDLER_PRIO(UK_LCPU_EXCEPT_EVENT_IRQ, handle_device_irq,
		      UK_PRIO_EARLIEST);
