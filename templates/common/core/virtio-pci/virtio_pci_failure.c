/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A device that fails as it is started or while it is in use. Only a reset
 * would help, and Unikraft's drivers have no way back from one: the device is
 * stopped, reaches no memory any more, and each request is answered in its
 * place, as one that has failed. A network's driver waits for no answer: frames
 * are lost, as on a cut cable.
 * Source: Virtual I/O Device specification 1.2, 2.1.1 (DEVICE_NEEDS_RESET), 2.7
 * (split queues).
 */
#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/device_irqs.h>
#include <plat/lapic.h>
#include <plat/virtio_pci.h>

static void must_not_wait(const struct virtio_pci *d)
{
	core_crash("virtio-pci: device %x:%x.%x has failed, and its driver waits for it",
		   d->function.bus, d->function.device, d->function.function);
}

/* Has the driver tell of its next request, whatever the device wanted. */
static void hear_of_requests(struct virtio_pci_queue *q)
{
	volatile uint16_t *const tell_at =
		(volatile uint16_t *)&q->used->answers[q->entries];

	q->used->flags = 0;
	*tell_at = q->available->index;
}

static uint16_t head_at(const struct virtio_pci_queue *q, uint16_t index)
{
	return q->available->heads[index % q->entries];
}

/*
 * The rings tell which requests are under way only if the device has answered
 * all in their order: those are the last ones. Whether it has, they tell of as
 * many as they have room for.
 */
static bool is_in_order(const struct virtio_pci_queue *q)
{
	const uint16_t end = q->available->index, answered = q->used->index;
	const uint16_t under_way = (uint16_t)(end - answered);
	uint16_t i, other;

	if (under_way > q->entries)
		return false;
	for (i = (uint16_t)(end - q->entries); i != answered; i++)
		if (q->used->answers[i % q->entries].head != head_at(q, i))
			return false;
	for (; i != end; i++)
		for (other = answered; other != i; other++)
			if (head_at(q, i) == head_at(q, other))
				return false;
	return true;
}

/* The queue's interrupt, as its device would have sent it */
static void interrupt_driver(const struct virtio_pci_queue *q)
{
	const struct virtio_pci *const d = q->device;
	unsigned int irq = d->first_irq;

	if (d->vectors > 1)
		irq += q->message.entry;
	lapic_send(cpus_count > 1 ? cpus[q->cpu].apic_id : lapic_id(),
		   IRQ_VECTOR(irq));
}

void virtio_pci_fail_requests(struct virtio_pci_queue *q)
{
	const uint16_t end = q->available->index;
	uint16_t index = q->used->index;
	uint16_t at;
	int written;

	if (q->device->vdev.id.virtio_device_id == VIRTIO_PCI_NETWORK ||
	    index == end)
		return;
	if (!is_in_order(q))
		must_not_wait(q->device);
	for (; index != end; index++) {
		at = index % q->entries;
		written = virtio_pci_answer(q, head_at(q, index));
		if (written < 0)
			must_not_wait(q->device);
		q->used->answers[at].head = head_at(q, index);
		q->used->answers[at].written = (uint32_t)written;
	}
	hear_of_requests(q);
	__atomic_store_n(&q->used->index, index, __ATOMIC_RELEASE);
	interrupt_driver(q);
}

void virtio_pci_take_over(struct virtio_pci *d)
{
	unsigned int i;

	for (i = 0; i < d->queue_count; i++) {
		if (!d->queues[i].vq)
			continue;
		hear_of_requests(&d->queues[i]);
		virtio_pci_fail_requests(&d->queues[i]);
	}
}

void virtio_pci_fail(struct virtio_pci *d, const char *why)
{
	if (d->refused)
		return;
	core_error("virtio-pci: device %x:%x.%x is used no longer: it %s",
		   d->function.bus, d->function.device, d->function.function,
		   why);
	virtio_pci_stop(d);
}

void virtio_pci_look(struct virtio_pci *d)
{
	if (!d->refused && d->common->status & VIRTIO_PCI_NEEDS_RESET)
		virtio_pci_fail(d, "asks for a reset");
}
