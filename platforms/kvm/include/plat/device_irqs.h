/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/device-irqs/include/plat/device_irqs.h. DO NOT EDIT. */
/*
 * The interrupts of devices by number. Number n arrives at vector 32 + n: below
 * 16 it is a line of the ISA bus, which tables may have wired to another pin,
 * below 48 a pin, and from there on a message (MSI), which needs no controller.
 */
#ifndef PLAT_DEVICE_IRQS_H
#define PLAT_DEVICE_IRQS_H

#include <stdbool.h>

#include <plat/ioapic.h>
#include <plat/lapic.h>

#define IRQ_VECTOR(irq)		((uint8_t)(32 + (irq)))

/* The numbers of messages, below those of the platform itself */
#define FIRST_MESSAGE_IRQ	IOAPIC_GSIS
#define LAST_MESSAGE_IRQ	(LAPIC_TIMER_IRQ - 1)

enum irq_trigger {
	IRQ_AS_USUAL,		/* as before, else by firmware, else as usual */
	IRQ_EDGE,
	IRQ_LEVEL,
};

/** Brings the controller that this machine has into use, all lines masked. */
void device_irqs_init(void);

/**
 * Says how a line is driven, and which CPU it or a message goes to. Both stay
 * masked, as a line is at first, or open: then they may be moved from CPU to
 * CPU while interrupts come, and none is lost.
 * @return false if this machine has no such line
 */
bool device_irq_configure(unsigned int irq, enum irq_trigger trigger,
			  unsigned int cpu);

void device_irq_mask(unsigned int irq);

/** Opens a line; where nobody configured it, as usual and to this CPU. */
void device_irq_unmask(unsigned int irq);

/**
 * Tells the controller that the interrupt of this number has been served. A
 * line that does not fall silent is masked and logged.
 */
void device_irq_done(unsigned int irq);

#endif /* PLAT_DEVICE_IRQS_H */
