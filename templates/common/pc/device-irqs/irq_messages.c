/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Messages by number. No controller stands between a device and a CPU, so what
 * is asked of a number is passed on to whoever drives the device. They are few,
 * and are asked for rarely.
 */
#include <stddef.h>

#include <plat/irq_messages.h>
#include <plat/lock.h>

static struct irq_message *messages;
static bool lock;

void irq_message_add(struct irq_message *m)
{
	const uint64_t flags = lock_take(&lock);

	m->next = messages;
	messages = m;
	lock_release(&lock, flags);
}

static struct irq_message *find_message(unsigned int irq)
{
	struct irq_message *m;

	for (m = messages; m && m->irq != irq; m = m->next)
		;
	return m;
}

/* The lock is held meanwhile: one entry is changed by one CPU at a time. */
bool irq_message_set_cpu(unsigned int irq, unsigned int cpu)
{
	const uint64_t flags = lock_take(&lock);
	struct irq_message *const m = find_message(irq);

	if (m)
		m->set_cpu(m, cpu);
	lock_release(&lock, flags);
	return m != NULL;
}

bool irq_message_mask(unsigned int irq, bool masked)
{
	const uint64_t flags = lock_take(&lock);
	struct irq_message *const m = find_message(irq);

	if (m)
		m->mask(m, masked);
	lock_release(&lock, flags);
	return m != NULL;
}
