/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Devices that fail while they are in use, by each kind of interrupt: as soon as
 * one tells that it is ill, or sends messages without end, it is stopped with one
 * line. A network goes on without it; whoever waits for an answer ends.
 */
#ifndef FUZZ_VIRTIO_PCI_FAILURES_H
#define FUZZ_VIRTIO_PCI_FAILURES_H

#define NETWORK		1
#define DISK		2
#define ISR_BOTH	3
#define STORM		100000U

static void interrupt(unsigned int message)
{
	const unsigned int irq = messages ? MESSAGE + message : LINE;

	loads = 0;
	must(handlers[irq].run(handlers[irq].arg), "somebody serves it");
}

/* The device answers one request, as it does everything. */
static void answer_one(void)
{
	used[1]++;
	isr_register = ISR_QUEUE;
	interrupt(0);
}

static void tell_of_change(void)
{
	isr_register = ISR_CHANGE;
	interrupt(messages > 1);
}

/* Whatever its register says: an interrupt that is not its own */
static void expect_others_served(uint8_t isr)
{
	isr_register = isr;
	must(messages || !handlers[LINE].run(handlers[LINE].arg),
	     "others on its line are served");
}

static void expect_stopped(const char *why)
{
	must(errors == 1 && strstr(line, why) && strstr(line, "1:2.3"),
	     "one line says that the device has failed");
	must(is_cut && common.status & VIRTIO_CONFIG_STATUS_FAIL,
	     "a device that has failed is cut off");
	expect_others_served(ISR_BOTH);
	must(errors == 1, "it is told once");
}

static void fall_ill(struct virtqueue *vq)
{
	answer_one();
	must(rings == 1, "an answer comes to the driver");
	expect_others_served(0);
	tell_of_change();
	must(!errors && rings <= 2, "a change is no failure");
	used[0] = 1;			/* it wants no notice of requests */
	is_ill = true;
	tell_of_change();
	expect_stopped("asks for a reset");
	must(!used[0] && used[2 + 4 * vq->size] == available[1],
	     "the driver tells of its next request");
	virtqueue_buffer_enqueue(vq, &vq, NULL, 1, 0);
	vq->vq_notify_host(added, 0);
}

static void fall_ill_at_work(struct virtqueue *vq)
{
	must(available[1] == 1 && !used[1] && vq->size, "one is under way");
	is_ill = true;
	tell_of_change();
	must(kind == NETWORK, "nobody waits for an answer that never comes");
}

static void send_for_ever(struct virtqueue *vq)
{
	unsigned int i;

	must(vq->size, "a queue");
	for (i = 0; i < STORM && !errors; i++) {
		answer_one();
		interrupt(0);
		interrupt(messages - 1);
	}
	must(!errors, "two messages for one answer are no storm");
	for (i = 0; i < STORM && !errors; i++)
		interrupt(i & (messages - 1));
	must(errors, "a storm of messages ends");
	expect_stopped("sends messages without end");
}

static int run_then(uint16_t what, void (*how)(struct virtqueue *vq))
{
	int rc;

	kind = what;
	then = how;
	rc = run(NOTHING, 8, 0, 0, 4);
	then = NULL;
	kind = DISK;
	return rc;
}

static void check_failures(void)
{
	for (messages = 0; messages < 3; messages++) {
		must(run_then(DISK, fall_ill) == -EFAULT,
		     "a request that nobody answers ends the guest");
		must(!run_then(NETWORK, fall_ill),
		     "a network's frames are lost");
		must(run_then(DISK, fall_ill_at_work) == -EFAULT,
		     "who waits ends");
		must(errors == 1 && is_cut, "and hears why");
		must(!run_then(NETWORK, fall_ill_at_work) && errors == 1,
		     "a network waits for nothing");
		if (messages)
			must(!run_then(NETWORK, send_for_ever),
			     "a storm ends, and the guest goes on");
	}
	messages = 1;
}

#endif /* FUZZ_VIRTIO_PCI_FAILURES_H */
