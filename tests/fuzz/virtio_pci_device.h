/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A device that does one thing wrong, and a driver that acts as Unikraft's do.
 * Included once, behind virtio_pci_core.h.
 */
#ifndef FUZZ_VIRTIO_PCI_DEVICE_H
#define FUZZ_VIRTIO_PCI_DEVICE_H

#define OWN_SIZE	8

enum wrong {
	NOTHING, RESETS_FOR_EVER, FORGETS_STATUS, REFUSES_FEATURES,
	REFUSES_VECTOR, RESIZES, STAYS_OFF,
	ILL_AT_ONCE, ILL_WITH_FEATURES, ILL_WITH_QUEUE, ILL_WITH_START,
};

static enum wrong wrong;
static uint8_t told;		/* the status that was written last */
static bool is_told;
static unsigned int loads;
static struct virtio_dev *added;
static bool started_by_driver;	/* as it gets the device, like 9p's */
static uint16_t asked;
static uint64_t offered;	/* features, of which the driver takes some */
static uint64_t takes = UINT64_MAX;
static uint32_t accepted_high;
static uint8_t own_registers[OWN_SIZE];	/* as the generation is */
static unsigned int changes;	/* of them, as somebody looks */
static bool is_ill;		/* from now on, whatever else it does */
static void (*then)(struct virtqueue *vq);	/* with a device that works */

static uint8_t answer(void)
{
	const uint8_t ill = VIRTIO_PCI_NEEDS_RESET | told;

	if (is_ill)
		return ill;
	switch (wrong) {
	case RESETS_FOR_EVER: return told ? told : 1;
	case FORGETS_STATUS: return told & ~VIRTIO_CONFIG_STATUS_DRIVER;
	case REFUSES_FEATURES: return told & ~VIRTIO_CONFIG_STATUS_FEATURES_OK;
	case ILL_AT_ONCE: return told ? ill : 0;
	case ILL_WITH_FEATURES: return told & 8 ? ill : told;
	case ILL_WITH_QUEUE: return common.queue_enable ? ill : told;
	case ILL_WITH_START: return told & 4 ? ill : told;
	default: return told;
	}
}

NOT_TOLD void __sanitizer_cov_store1(uint8_t *at)
{
	is_told |= at == &common.status;
}

NOT_TOLD void __sanitizer_cov_load1(uint8_t *at)
{
	if (at == &common.generation && changes) {
		changes--;
		common.generation++;
		memset(own_registers, common.generation, OWN_SIZE);
	}
	if (at != &common.status)
		return;
	must(++loads < 10000, "nobody asks for ever");
	if (is_told)
		told = common.status;
	is_told = false;
	common.status = answer();
}

NOT_TOLD void __sanitizer_cov_load2(uint16_t *at)
{
	if (at == &common.queue_vector && wrong == REFUSES_VECTOR)
		*at = VIRTIO_PCI_NO_VECTOR;
	if (at == &common.queue_size && wrong == RESIZES && common.queue_enable)
		*at = 2;
	if (at == &common.queue_enable && wrong == STAYS_OFF)
		*at = 0;
}

NOT_TOLD void __sanitizer_cov_store2(uint16_t *at)
{
	must(at != &notifications[256 / 2], "no write beyond notifications");
}

NOT_TOLD void __sanitizer_cov_load4(uint32_t *at)
{
	if (at == &common.device_feature)
		*at = (uint32_t)(offered >> 32 * common.device_feature_select);
}

/* The upper half comes first. */
NOT_TOLD void __sanitizer_cov_store4(uint32_t *at)
{
	if (at == &common.driver_feature_select)
		accepted_high = common.driver_feature;
}

/* Of other sizes no register matters. */
#define OTHER(name)	void name(void *at) { (void)at; }
OTHER(__sanitizer_cov_load8)
OTHER(__sanitizer_cov_load16)
OTHER(__sanitizer_cov_store8)
OTHER(__sanitizer_cov_store16)

/* An application's steps, which come after the driver's, or with them */
static int start(void)
{
	uint16_t size;
	struct virtqueue *vq;
	int rc = added->cops->vqs_find(added, 1, &size);

	if (rc != 1) {
		must(rc < 0, "an error is one");
		is_heard = false;
		vq = added->cops->vq_setup(added, 0, 2, NULL, NULL);
		must(PTRISERR(vq), "what was not found is not set up");
		return rc;
	}
	must(size == common.queue_size, "the driver hears what is offered");
	vq = added->cops->vq_setup(added, 0, asked ? asked : size, NULL, NULL);
	if (PTRISERR(vq))
		return PTR2ERR(vq);
	must(common.queue_enable == 1 && common.queue_size == vq->size,
	     "the device knows the queue");
	must(vq->size <= size && (!asked || vq->size <= asked),
	     "no queue is larger than offered or asked for");
	added->cops->status_set(added, 15);
	must(enqueue(vq) >= 0, "there is room");
	vq->vq_notify_host(added, 0);
	if (raised >= 0) {	/* by the platform, as an answer */
		must(used[1] == 1 && used[4] == 1, "of one request");
		return -ECANCELED;
	}
	if (then)
		then(vq);
	return 0;
}

int virtio_bus_register_device(struct virtio_dev *vdev)
{
	int rc;

	added = vdev;
	TAILQ_INIT(&vdev->vqs);
	vdev->cops->device_reset(vdev);
	vdev->cops->status_set(vdev, 1);
	vdev->cops->status_set(vdev, 3);
	vdev->features = vdev->cops->features_get(vdev) & takes;
	vdev->cops->features_set(vdev);
	if (!started_by_driver)
		return 0;
	rc = start();
	return rc == -ECANCELED ? 0 : rc;	/* its requests come later */
}

/* One machine. @return 0 if the device works, else what the driver is told */
static int run(enum wrong what, uint16_t entries, uint16_t size,
	       uint32_t offset, uint32_t step)
{
	int rc = -ENODEV;

	wrong = what;
	asked = size;
	added = NULL;
	is_told = is_ill = false;
	told = 0;
	loads = 0;
	claimed_count = 0;
	core_begin();
	common.queues = 1;
	common.queue_size = entries;
	common.queue_notify_offset = (uint16_t)offset;
	notify_step = step;
	if (setjmp(crashed))
		rc = -EFAULT;
	else {
		fuzzed_bus->init(NULL);
		fuzzed_bus->probe();
		if (added && !started_by_driver)
			rc = start();
		else if (added && !errors)
			rc = 0;
	}
	core_end();
	return rc;
}

#endif /* FUZZ_VIRTIO_PCI_DEVICE_H */
