/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A message for each queue if the device has as many, one for all if not, else
 * the interrupt line.
 * Source: Virtual I/O Device specification 1.2, 4.1.5.1.2.
 */
#include <errno.h>

#include <uk/intctlr.h>

#include <plat/core.h>
#include <plat/device_irqs.h>
#include <plat/pci_irq.h>
#include <plat/virtio_pci.h>

#define ISR_QUEUE	1U

static int queue_message(void *arg)
{
	const struct virtio_pci_queue *const q = arg;
	struct virtqueue *const vq = __atomic_load_n(&q->vq, __ATOMIC_ACQUIRE);

	if (vq)
		virtqueue_ring_interrupt(vq);
	return 1;
}

static int device_message(void *arg)
{
	const struct virtio_pci *const d = arg;
	unsigned int i;

	for (i = 0; i < d->queue_count; i++)
		queue_message(&d->queues[i]);
	return 1;
}

/* A line may be shared; reading the register tells, and silences the device. */
static int line_rises(void *arg)
{
	const struct virtio_pci *const d = arg;
	const uint8_t isr = *d->isr;

	if (isr & ISR_QUEUE)
		device_message(arg);
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
	return uk_intctlr_irq_register((unsigned int)irq, line_rises, d);
}

static const struct virtio_pci_queue *queue_of(const struct irq_message *m)
{
	return __containerof(m, const struct virtio_pci_queue, message);
}

static void message_set_cpu(struct irq_message *m, unsigned int cpu)
{
	msix_set_cpu(queue_of(m)->msix, queue_of(m)->entry, cpu);
}

static void message_mask(struct irq_message *m, bool masked)
{
	if (masked)
		msix_mask(queue_of(m)->msix, queue_of(m)->entry);
	else
		msix_unmask(queue_of(m)->msix, queue_of(m)->entry);
}

/* Opened as soon as it has a handler */
static int use_message(struct virtio_pci *d, uint16_t entry, unsigned int irq)
{
	struct virtio_pci_queue *const q = &d->queues[entry];

	q->msix = &d->msix;
	q->entry = entry;
	q->message.irq = irq;
	q->message.set_cpu = message_set_cpu;
	q->message.mask = message_mask;
	msix_set(&d->msix, entry, IRQ_VECTOR(irq), core_cpu());
	irq_message_add(&q->message);
	return d->vectors > 1 ?
	       uk_intctlr_irq_register(irq, queue_message, q) :
	       uk_intctlr_irq_register(irq, device_message, d);
}

static int use_messages(struct virtio_pci *d)
{
	const unsigned int wanted = d->queue_count <= d->msix.entries ?
				    d->queue_count : 1;
	int irq = core_irq_alloc(wanted), rc = 0;
	uint16_t i;

	d->vectors = wanted;
	if (irq < 0 && wanted > 1) {
		d->vectors = 1;
		irq = core_irq_alloc(1);
	}
	if (irq < 0)
		return -ENOSPC;
	for (i = 0; !rc && i < d->vectors; i++)
		rc = use_message(d, i, (unsigned int)irq + i);
	if (!rc)
		msix_enable(&d->msix);
	return rc;
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
	if (d->vectors > 1)
		device_irq_configure(d->queues[id].message.irq, IRQ_AS_USUAL,
				     core_cpu());
	if (!d->vectors)
		return true;
	c->queue_vector = d->vectors > 1 ? id : 0;
	return c->queue_vector != VIRTIO_PCI_NO_VECTOR;
}
