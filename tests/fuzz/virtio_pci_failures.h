/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Devices that fail while they are in use, by each kind of interrupt: as soon
 * as one tells that it is ill, or sends messages without end, it is stopped,
 * with one line. Requests under way and later ones fail; where that cannot be said,
 * the guest ends. A network goes on without it.
 */
#ifndef FUZZ_VIRTIO_PCI_FAILURES_H
#define FUZZ_VIRTIO_PCI_FAILURES_H

#define NETWORK		VIRTIO_PCI_NETWORK
#define DISK		VIRTIO_PCI_DISK
#define OTHER_KIND	3
#define ISR_BOTH	3
#define STORM		100000U
#define ENTRIES		8

static void interrupt(unsigned int message)
{
	const unsigned int irq = messages ? MESSAGE + message : LINE;

	loads = 0;
	must(handlers[irq].run(handlers[irq].arg), "somebody serves it");
}

/* The device answers the request that is next. */
static void answer_one(void)
{
	const uint16_t at = used[1] % ENTRIES;

	used[2 + 4 * at] = available[2 + at];
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

/* What the driver of a request finds that had begun `index` others before it */
static void expect_answer(uint16_t index)
{
	const uint16_t head = available[2 + index % ENTRIES];
	const uint8_t *const answer = &buffers[head * BUFFER + BUFFER / 2];
	const uint16_t written = used[2 + 4 * (index % ENTRIES) + 2];
	const uint8_t tag = (uint8_t)(0x10 + head);

	must(used[2 + 4 * (index % ENTRIES)] == head, "it is that request's");
	if (kind == DISK)
		must(written == 1 && answer[BUFFER / 2 - 1] == 1,
		     "a disk says that it failed");
	else if (kind == VIRTIO_PCI_9P)
		must(written == 11 && answer[0] == 11 && answer[4] == 7 &&
		     answer[5] == tag && answer[6] == tag && answer[7] == EIO,
		     "a file server says that it failed");
	else
		must(written == 16 && answer[0] == 16 &&
		     *(const int32_t *)(answer + 4) == -EIO &&
		     answer[8] == tag && answer[15] == tag,
		     "a file system says that it failed");
}

/* The interrupt that the platform sent in the device's place, if any */
static void expect_raised(bool is_wanted)
{
	const unsigned int before = rings;

	must((raised >= 0) == is_wanted, "its interrupt comes");
	if (!is_wanted)
		return;
	must(handlers[raised].arg, "to a handler");
	handlers[raised].run(handlers[raised].arg);
	must(rings == before + 1, "and to the driver");
	raised = -1;
}

static void begin_to_fail(struct virtqueue *vq)
{
	answer_one();
	must(rings == 1, "an answer comes to the driver");
	expect_others_served(0);
	tell_of_change();
	must(!errors && rings <= 2, "a change is no failure");
	enqueue(vq);
	enqueue(vq);
	used[0] = 1;			/* it wants no notice of requests */
	is_ill = true;
}

static void fall_ill(struct virtqueue *vq)
{
	uint16_t i;

	begin_to_fail(vq);
	tell_of_change();
	expect_stopped("asks for a reset");
	must(!used[0] && used[2 + 4 * ENTRIES] == available[1],
	     "the driver tells of its next request");
	expect_raised(kind != NETWORK);
	for (i = 1; i < 3 && kind != NETWORK; i++)
		expect_answer(i);
	for (i = 0; i < 100; i++) {
		enqueue(vq);
		vq->room++;
		vq->vq_notify_host(added, 0);
		expect_raised(kind != NETWORK);
	}
	must(kind == NETWORK || used[1] == available[1], "all are answered");
	must(errors == 1, "with one line");
	for (i = 0; i < ENTRIES && kind != NETWORK; i++)
		expect_answer((uint16_t)(used[1] - 1 - i));
}

/* The rings do not tell which requests are under way. */
static void answer_the_second(struct virtqueue *vq)
{
	begin_to_fail(vq);
	used[2 + 4 * 1] = available[2 + 2];
	used[1]++;
	tell_of_change();
}

static void answer_too_much(struct virtqueue *vq)
{
	begin_to_fail(vq);
	used[1] = 9;
	tell_of_change();
}

static void ask_twice(struct virtqueue *vq)
{
	begin_to_fail(vq);
	available[2 + 2] = available[2 + 1];
	tell_of_change();
}

static void lead_astray(struct virtqueue *vq)
{
	begin_to_fail(vq);
	descriptors[available[2 + 1]].next = ENTRIES;
	descriptors[ENTRIES].address = 1UL << 40;
	descriptors[ENTRIES].flags = 2;
	tell_of_change();
}

static void leave_no_room(struct virtqueue *vq)
{
	begin_to_fail(vq);
	descriptors[available[2 + 1] + 1].length = 4;
	tell_of_change();
}

static void send_for_ever(struct virtqueue *vq)
{
	unsigned int i;

	must(vq->size, "a queue");
	for (i = 0; i < STORM && !errors; i++) {
		enqueue(vq);
		vq->room++;
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
	static const uint16_t kinds[] = {
		NETWORK, DISK, VIRTIO_PCI_9P, VIRTIO_PCI_FILES,
	};
	unsigned int i;

	for (messages = 0; messages < 3; messages++) {
		for (i = 0; i < 4; i++) {
			must(!run_then(kinds[i], fall_ill),
			     "requests fail, and the guest goes on");
			if (messages)
				must(!run_then(kinds[i], send_for_ever),
				     "a storm ends, and the guest goes on");
		}
		must(run_then(OTHER_KIND, fall_ill) == -EFAULT && errors == 1,
		     "who waits for an answer that nobody knows ends");
		must(run_then(DISK, answer_the_second) == -EFAULT,
		     "no request is taken for another one");
		must(run_then(DISK, answer_too_much) == -EFAULT,
		     "indices that cannot be are not followed");
		must(run_then(DISK, ask_twice) == -EFAULT,
		     "no request is answered twice");
		must(!run_then(NETWORK, ask_twice), "a network waits for none");
		must(run_then(VIRTIO_PCI_9P, leave_no_room) == -EFAULT &&
		     run_then(VIRTIO_PCI_FILES, leave_no_room) == -EFAULT,
		     "an answer stays within its place");
		must(run_then(DISK, lead_astray) == -EFAULT,
		     "a chain stays within its queue");
	}
	messages = 1;
}

#endif /* FUZZ_VIRTIO_PCI_FAILURES_H */
