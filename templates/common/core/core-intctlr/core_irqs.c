/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The driver that Unikraft's library of interrupt controllers calls. Which
 * controller there is, the machine says at run time.
 */
#include <errno.h>
#include <stdbool.h>

#include <uk/essentials.h>
#include <uk/intctlr.h>
#include <uk/intctlr/limits.h>

#include <plat/core.h>
#include <plat/device_irqs.h>

#define MESSAGE_IRQS	(LAST_MESSAGE_IRQ + 1 - FIRST_MESSAGE_IRQ)

_Static_assert(UK_INTCTLR_FIRST_ALLOCABLE_IRQ == FIRST_MESSAGE_IRQ &&
	       UK_INTCTLR_LAST_ALLOCABLE_IRQ == LAST_MESSAGE_IRQ,
	       "Unikraft hands out the numbers of messages");

/*
 * Unikraft's call names no CPU: interrupts come to the one that asks for them.
 */
static int configure_irq(struct uk_intctlr_irq *irq)
{
	static const enum irq_trigger triggers[] = {
		[UK_INTCTLR_IRQ_TRIGGER_NONE] = IRQ_AS_USUAL,
		[UK_INTCTLR_IRQ_TRIGGER_EDGE] = IRQ_EDGE,
		[UK_INTCTLR_IRQ_TRIGGER_LEVEL] = IRQ_LEVEL,
	};

	if (irq->trigger >= ARRAY_SIZE(triggers))
		return -EINVAL;
	return device_irq_configure(irq->id, triggers[irq->trigger], core_cpu())
		? 0 : -ENODEV;
}

/*
 * A bus configures the lines of its devices on the CPU that boots. The CPU that
 * opens a line first is the one that has set the device up.
 */
static void unmask_irq(unsigned int irq)
{
	static bool opened[FIRST_MESSAGE_IRQ];

	if (irq < FIRST_MESSAGE_IRQ &&
	    !__atomic_exchange_n(&opened[irq], true, __ATOMIC_RELAXED))
		device_irq_configure(irq, IRQ_AS_USUAL, core_cpu());
	device_irq_unmask(irq);
}

static struct uk_intctlr_driver_ops ops = {
	.configure_irq = configure_irq,
	.mask_irq = device_irq_mask,
	.unmask_irq = unmask_irq,
};

int uk_intctlr_probe(void)
{
	static struct uk_intctlr_desc desc = {
		.ops = &ops,
	};

	device_irqs_init();
	desc.name = ioapic_present() ? "IOAPIC" : "8259";
	return uk_intctlr_register(&desc);
}

/*
 * One by one: asked for several, Unikraft's call never says that too few are
 * left, hands out numbers beyond the last one and notes them behind its bitmap.
 */
int core_irq_alloc(unsigned int count)
{
	unsigned int irqs[MESSAGE_IRQS + 1], first = 0, n = 0;

	while (count && n < ARRAY_SIZE(irqs) &&
	       !uk_intctlr_irq_alloc(&irqs[n], 1) &&
	       irqs[n] <= LAST_MESSAGE_IRQ) {
		if (irqs[n] != irqs[first] + n - first)
			first = n;
		if (++n - first < count)
			continue;
		uk_intctlr_irq_free(irqs, first);
		return (int)irqs[first];
	}
	uk_intctlr_irq_free(irqs, n);
	return -1;
}
