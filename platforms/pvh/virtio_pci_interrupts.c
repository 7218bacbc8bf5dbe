/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/virtio-pci/virtio_pci_interrupts.c. DO NOT EDIT. */
/*
 * A message for each queue and one for the device if it has as many, one for
 * all if not, else the interrupt line.
 * Source: Virtual I/O Device specification 1.2, 4.1.5.1.2 (messages), 4.1.5.4
 * (changes).
 */
#include <errno.h>

#include <uk/intctlr.h>

#include <plat/core.h>
#include <plat/device_irqs.h>
#include <plat/pci_irq.h>
#include <plat/virtio_pci.h>

#define ISR_QUEUE	1U
#define ISR_CHANGE	2U

/* A device says once that it has answered something. */
#define MOST_IN_VAIN	4096

/* Whether the device has answered something since the last message */
static bool ring_queue(struct virtio_pci_queue *q)
{
	struct virtqueue *const vq = __atomic_load_n(&q->vq, __ATOMIC_ACQUIRE);
	uint16_t index;

	if (!vq)
		return false;
	index = q->used->index;
	virtqueue_ring_interrupt(vq);
	if (index == q->seen)
		return false;
	q->seen = index;
	return true;
}

static bool ring_queues(struct virtio_pci *d)
{
	bool answered = false;
	unsigned int i;

	for (i = 0; i < d->queue_count; i++)
		answered |= ring_queue(&d->queues[i]);
	return answered;
}

/* A message has no line that could be looked at for silence. */
static void count_message(struct virtio_pci *d, bool answered)
{
	if (answered)
		d->in_vain = 0;
	else if (++d->in_vain == MOST_IN_VAIN)
		virtio_pci_fail(d, "sends messages without end");
}

static int queue_message(void *arg)
{
	struct virtio_pci_queue *const q = arg;

	count_message(q->device, ring_queue(q));
	return 1;
}

static int change_message(void *arg)
{
	virtio_pci_look(arg);
	count_message(arg, false);
	return 1;
}

/* Of a device that has one only */
static int device_message(void *arg)
{
	count_message(arg, ring_queues(arg));
	virtio_pci_look(arg);
	return 1;
}

/* A line may be shared; reading the register tells, and silences the device. */
static int line_rises(void *arg)
{
	struct virtio_pci *const d = arg;
	uint8_t isr;

	if (d->refused) {
		ring_queues(d);
		return 0;	/* what its register says does not count */
	}
	isr = *d->isr;
	if (isr & ISR_QUEUE)
		ring_queues(d);
	if (isr & ISR_CHANGE)
		virtio_pci_look(d);
	return isr != 0;
}

static int use_line(struct virtio_pci *d)
{
	const int irq = pci_irq(&d->function);

	if (irq < 0) {
		core_error("virtio-pci: no interrupt is wired to %x:%x.%x",
			   d->function.bus, d->function.device,
			   d->function.function);
		return -ENODEV;
	}
	pci_enable(&d->function, true);
	d->first_irq = (unsigned int)irq;
	return uk_intctlr_irq_register(d->first_irq, line_rises, d);
}

static const struct virtio_pci_message *message_of(const struct irq_message *m)
{
	return __containerof(m, const struct virtio_pci_message, message);
}

static void message_set_cpu(struct irq_message *m, unsigned int cpu)
{
	msix_set_cpu(message_of(m)->msix, message_of(m)->entry, cpu);
}

static void message_mask(struct irq_message *m, bool masked)
{
	if (masked)
		msix_mask(message_of(m)->msix, message_of(m)->entry);
	else
		msix_unmask(message_of(m)->msix, message_of(m)->entry);
}

/* Opened as soon as it has a handler */
static int use_message(struct virtio_pci *d, struct virtio_pci_message *m,
		       uint16_t entry, int (*handler)(void *), void *arg)
{
	const unsigned int irq = d->first_irq + entry;

	m->msix = &d->msix;
	m->entry = entry;
	m->message.irq = irq;
	m->message.set_cpu = message_set_cpu;
	m->message.mask = message_mask;
	msix_set(&d->msix, entry, IRQ_VECTOR(irq), core_cpu());
	irq_message_add(&m->message);
	return uk_intctlr_irq_register(irq, handler, arg);
}

/* One for each queue, and behind them one for what concerns none */
static int use_many(struct virtio_pci *d)
{
	uint16_t i;
	int rc = 0;

	for (i = 0; !rc && i < d->queue_count; i++)
		rc = use_message(d, &d->queues[i].message, i, queue_message,
				 &d->queues[i]);
	return rc ? rc : use_message(d, &d->changes, i, change_message, d);
}

static int use_messages(struct virtio_pci *d)
{
	const unsigned int wanted = d->queue_count + 1;
	int irq = -1, rc;

	if (wanted <= d->msix.entries)
		irq = core_irq_alloc(wanted);
	d->vectors = irq < 0 ? 1 : wanted;
	if (irq < 0)
		irq = core_irq_alloc(1);
	if (irq < 0)
		return -ENOSPC;
	d->first_irq = (unsigned int)irq;
	rc = d->vectors > 1 ? use_many(d) :
	     use_message(d, &d->changes, 0, device_message, d);
	if (rc)
		return rc;
	msix_enable(&d->msix);
	d->common->config_vector = d->changes.entry;
	return 0;
}

int virtio_pci_use_interrupts(struct virtio_pci *d)
{
	int rc;

	d->common->config_vector = VIRTIO_PCI_NO_VECTOR;
	if (msix_find(&d->function, &d->msix)) {
		rc = use_messages(d);
		if (!rc)
			return 0;
		msix_disable(&d->msix);
	}
	d->vectors = 0;
	return use_line(d);
}

bool virtio_pci_set_vector(struct virtio_pci *d, uint16_t id)
{
	volatile struct virtio_pci_common *const c = d->common;

	/* Interrupts of a queue come to the CPU that sets it up. */
	d->queues[id].cpu = core_cpu();
	if (d->vectors > 1)
		device_irq_configure(d->first_irq + id, IRQ_AS_USUAL,
				     core_cpu());
	if (!d->vectors)
		return true;
	c->queue_vector = d->vectors > 1 ? id : 0;
	return c->queue_vector != VIRTIO_PCI_NO_VECTOR;
}
