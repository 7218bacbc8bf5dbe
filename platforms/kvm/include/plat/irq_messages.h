/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/device-irqs/include/plat/irq_messages.h. DO NOT EDIT. */
#ifndef PLAT_IRQ_MESSAGES_H
#define PLAT_IRQ_MESSAGES_H

#include <stdbool.h>

/* One that a device sends, as the driver of that device knows it */
struct irq_message {
	struct irq_message *next;
	unsigned int irq;
	void (*set_cpu)(struct irq_message *m, unsigned int cpu);
	void (*mask)(struct irq_message *m, bool masked);
};

/** From now on the message is reached by its number. It stays there. */
void irq_message_add(struct irq_message *m);

/** Within device_irqs.c. @return false if nobody has added this number */
bool irq_message_set_cpu(unsigned int irq, unsigned int cpu);
bool irq_message_mask(unsigned int irq, bool masked);

#endif /* PLAT_IRQ_MESSAGES_H */
