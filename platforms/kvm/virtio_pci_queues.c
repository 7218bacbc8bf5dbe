/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/virtio-pci/virtio_pci_queues.c. DO NOT EDIT. */
/*
 * Queues and their interrupts: a message for each queue if the device has as
 * many, one for all if not, else the interrupt line.
 * Source: Virtual I/O Device specification 1.2, 4.1.5.1.
 */
#include <errno.h>

#include <uk/alloc.h>
#include <uk/intctlr.h>

#include <plat/core.h>
#include <plat/device_irqs.h>
#include <plat/pci_irq.h>
#include <plat/virtio_pci.h>

#define ISR_QUEUE	1U
#define RING_ALIGN	4096

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

static int use_interrupts(struct virtio_pci *d)
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

int virtio_pci_find_queues(struct virtio_dev *vdev, __u16 count,
			   __u16 *sizes)
{
	struct virtio_pci *const d = virtio_pci_of(vdev);
	int found = 0, rc;
	__u16 i;

	d->queues = uk_calloc(d->alloc, count, sizeof(*d->queues));
	if (!d->queues)
		return -ENOMEM;
	d->queue_count = count;
	rc = use_interrupts(d);
	if (rc)
		return rc;
	for (i = 0; i < count; i++) {
		d->common->queue_select = i;
		sizes[i] = i < d->common->queues ? d->common->queue_size : 0;
		if (sizes[i])
			found++;
		else
			core_error("virtio-pci: device %x:%x.%x has no queue %u",
				   d->function.bus, d->function.device,
				   d->function.function, i);
	}
	return found;
}

static int notify(struct virtio_dev *vdev, __u16 id)
{
	*virtio_pci_of(vdev)->queues[id].notify = id;
	return 0;
}

static void set_address(volatile uint32_t half[2], uint64_t address)
{
	half[0] = (uint32_t)address;
	half[1] = (uint32_t)(address >> 32);
}

/* Tells the device of a queue. @return 0, or what it refuses */
static int start_queue(struct virtio_pci *d, struct virtqueue *vq, __u16 id,
		       __u16 size)
{
	volatile struct virtio_pci_common *const c = d->common;
	uint64_t at;

	c->queue_select = id;
	at = (uint64_t)c->queue_notify_offset * d->notify_step;
	if (at + sizeof(uint16_t) > d->notify_size)
		return -EFAULT;
	d->queues[id].notify = (volatile uint16_t *)(d->notify + at);
	c->queue_size = size;
	set_address(c->queue_descriptors, virtqueue_physaddr(vq));
	set_address(c->queue_available, virtqueue_get_avail_addr(vq));
	set_address(c->queue_used, virtqueue_get_used_addr(vq));
	/* Interrupts of a queue come to the CPU that sets it up. */
	if (d->vectors > 1)
		device_irq_configure(d->queues[id].message.irq, IRQ_AS_USUAL,
				     core_cpu());
	if (d->vectors) {
		c->queue_vector = d->vectors > 1 ? id : 0;
		if (c->queue_vector == VIRTIO_PCI_NO_VECTOR)
			return -ENOSPC;
	}
	c->queue_enable = 1;
	return 0;
}

struct virtqueue *virtio_pci_queue_setup(struct virtio_dev *vdev, __u16 id,
					 __u16 size,
					 virtqueue_callback_t callback,
					 struct uk_alloc *a)
{
	struct virtio_pci *const d = virtio_pci_of(vdev);
	struct virtqueue *vq;
	int rc;

	if (id >= d->queue_count)
		return ERR2PTR(-EINVAL);
	vq = virtqueue_create(id, size, RING_ALIGN, callback, notify, vdev, a);
	if (PTRISERR(vq))
		return vq;
	rc = start_queue(d, vq, id, size);
	if (rc) {
		virtqueue_destroy(vq, a);
		return ERR2PTR(rc);
	}
	UK_TAILQ_INSERT_TAIL(&vdev->vqs, vq, next);
	/* Interrupts look here and not at the list. */
	__atomic_store_n(&d->queues[id].vq, vq, __ATOMIC_RELEASE);
	return vq;
}

void virtio_pci_queue_release(struct virtio_dev *vdev, struct virtqueue *vq,
			      struct uk_alloc *a)
{
	struct virtio_pci *const d = virtio_pci_of(vdev);

	__atomic_store_n(&d->queues[vq->queue_id].vq, NULL, __ATOMIC_RELEASE);
	UK_TAILQ_REMOVE(&vdev->vqs, vq, next);
	virtqueue_destroy(vq, a);
}
