/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-intctlr-uk021/core_irq_entry.c. DO NOT EDIT. */
/*
 * Takes every interrupt that the platform itself leaves over.
 */
#include <uk/event.h>
#include <uk/intctlr.h>
#include <uk/lcpu.h>

#include <plat/device_irqs.h>

static int handle_device_irq(void *data)
{
	uk_intctlr_irq_handle(data);
	device_irq_done(uk_lcpu_except_irq_ctx_get_irq(data));
	return UK_EVENT_HANDLED;
}

UK_EVENT_HANDLER(UK_LCPU_EXCEPT_EVENT_IRQ, handle_device_irq);
