/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How a request tells its driver that it has failed, by the kind of device.
 * Source: Virtual I/O Device specification 1.2, 2.7.5 (descriptors), 5.2.6
 * (disks); Linux, include/net/9p/9p.h (P9_RLERROR), include/uapi/linux/fuse.h.
 */
#include <errno.h>

#include <plat/core.h>
#include <plat/virtio_pci.h>

#define DESCRIPTOR_NEXT		1U
#define DESCRIPTOR_WRITTEN	2U	/* by the device */

#define DISK_ERROR		1U

#define P9_ERROR		7U

struct p9_message {
	uint32_t size;
	uint8_t type;
	uint16_t tag;
	uint32_t error;
} __attribute__((packed));

/* Both begin with the length of the whole and have the number at its end. */
struct fuse_request {
	uint32_t length;
	uint32_t what;
	uint64_t number;
};

struct fuse_answer {
	uint32_t length;
	int32_t error;
	uint64_t number;
};

/* What a driver asks, and where the answer goes */
struct request {
	const volatile struct virtio_pci_descriptor *asked, *answer, *last;
};

/* The last byte is the status. */
static int fail_disk(const struct request *r)
{
	uint8_t *const status = core_phys(r->last->address + r->last->length -
					  1);

	*status = DISK_ERROR;
	return 1;
}

static int fail_9p(const struct request *r)
{
	const struct p9_message *const asked = core_phys(r->asked->address);
	struct p9_message *const answer = core_phys(r->answer->address);

	if (r->answer->length < sizeof(*answer))
		return -1;
	*answer = (struct p9_message){
		.size = sizeof(*answer), .type = P9_ERROR, .tag = asked->tag,
		.error = EIO,
	};
	return (int)sizeof(*answer);
}

static int fail_files(const struct request *r)
{
	const struct fuse_request *const asked = core_phys(r->asked->address);
	struct fuse_answer *const answer = core_phys(r->answer->address);

	if (r->answer->length < sizeof(*answer))
		return -1;
	*answer = (struct fuse_answer){
		.length = sizeof(*answer), .error = -EIO,
		.number = asked->number,
	};
	return (int)sizeof(*answer);
}

/* A chain of descriptors, first those that the device reads. */
static struct request request_at(const struct virtio_pci_queue *q,
				 uint16_t head)
{
	struct request r = { 0 };
	uint16_t left = q->entries;

	for (; left && head < q->entries; left--) {
		r.last = &q->descriptors[head];
		if (!r.asked)
			r.asked = r.last;
		if (!r.answer && r.last->flags & DESCRIPTOR_WRITTEN)
			r.answer = r.last;
		if (!(r.last->flags & DESCRIPTOR_NEXT))
			break;
		head = r.last->next;
	}
	return r;
}

int virtio_pci_answer(const struct virtio_pci_queue *q, uint16_t head)
{
	const struct request r = request_at(q, head);
	const uint16_t kind = q->device->vdev.id.virtio_device_id;

	if (!r.answer)		/* A file system is told what to forget. */
		return kind == VIRTIO_PCI_FILES ? 0 : -1;
	switch (kind) {
	case VIRTIO_PCI_DISK:
		return fail_disk(&r);
	case VIRTIO_PCI_9P:
		return fail_9p(&r);
	case VIRTIO_PCI_FILES:
		return fail_files(&r);
	default:
		return -1;
	}
}
