/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The transport for virtio devices on PCI, on the host, between a driver that
 * acts as Unikraft's do and a device that does one thing wrong. Its registers
 * are plain memory: the compiler tells of each load before it happens, so that
 * they hold by then what the device answers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include "feeder.h"

static int planted __attribute__((unused));	/* which defect is there */

#include <core/virtio-pci/virtio_pci_answers.c>
#include <core/virtio-pci/virtio_pci_bus.c>
#include <core/virtio-pci/virtio_pci_config.c>
#include <core/virtio-pci/virtio_pci_failure.c>
#include <core/virtio-pci/virtio_pci_interrupts.c>
#include <core/virtio-pci/virtio_pci_queues.c>
#include <core/virtio-pci/virtio_pci_status.c>

#include "virtio_pci_core.h"
#include "virtio_pci_device.h"
#include "virtio_pci_failures.h"

static void check_refused(enum wrong what, const char *said, bool is_added)
{
	int rc = run(what, 8, 0, 0, 4);

	must(rc < 0 && rc != -EFAULT, "who refuses is an error");
	must(errors == 1 && strstr(line, said) && strstr(line, "1:2.3"),
	     said);
	must(!is_added == !added, "the driver gets what begins well");
	must(what == REFUSES_VECTOR || is_cut, "a refused device is cut off");
}

static bool is_usable(uint32_t offered, uint32_t size, uint32_t offset,
		      uint64_t step)
{
	size = size && size < offered ? size : offered;
	return __builtin_popcount(offered) == 1 &&
	       __builtin_popcount(size) == 1 && offset * step % 2 == 0 &&
	       offset * step <= 256 - 2;
}

static void check_queues(void)
{
	static const uint16_t sizes[] = { 0, 1, 2, 3, 8, 24, 128, 0x8000,
					  0x8001, 0xffff };
	static const uint32_t offsets[] = { 0, 1, 63, 64, 127, 128, 0xffff };
	static const uint32_t steps[] = { 0, 1, 2, 4, 0x10000, UINT32_MAX };
	unsigned int o, s, n, t;
	bool usable;
	int rc;

	for (o = 0; o < 10; o++)
		for (s = 0; s < 10; s++)
			for (n = 0; n < 7; n++)
				for (t = 0; t < 6; t++) {
					usable = is_usable(sizes[o], sizes[s],
							   offsets[n],
							   steps[t]);
					rc = run(NOTHING, sizes[o], sizes[s],
						 offsets[n], steps[t]);
					must(usable == !rc,
					     "what can be used alone is used");
					must(usable == !errors && errors < 2,
					     "one line says why not");
					must(!errors ||
					     strstr(line, "queue 0 of 1:2.3"),
					     "it names the queue");
				}
}

/* Drivers that do without a feature that every device may insist on */
static void check_features(void)
{
	const uint32_t version_1 = FEATURE_VERSION_1 >> 32;
	const uint32_t platform = FEATURE_PLATFORM >> 32;

	offered = FEATURE_VERSION_1 | FEATURE_PLATFORM | 1UL << 35 | 5;
	takes = 1;
	must(!run_then(DISK, NULL) && accepted_high == (version_1 | platform) &&
	     common.driver_feature == 1, "requests are the same with it");
	must(!run_then(NETWORK, NULL) && accepted_high == platform,
	     "a network's frames are not");
	offered = 1;
	must(!run_then(DISK, NULL) && !accepted_high,
	     "nothing is taken that is not offered");
	offered = 0;
	takes = UINT64_MAX;
}

/* What the driver reads is of one generation, or it hears that none stays. */
static void read_own(struct virtqueue *vq)
{
	struct virtio_pci *const d = virtio_pci_of(vq->vdev);
	uint8_t bytes[OWN_SIZE];
	unsigned int n, i;
	int rc;

	d->config = own_registers;
	d->config_size = OWN_SIZE;
	for (n = 0; n < 1000; n++) {
		changes = n;
		rc = added->cops->config_get(added, 0, bytes, OWN_SIZE, 1);
		if (rc)
			break;
		for (i = 0; i < OWN_SIZE; i++)
			must(bytes[i] == common.generation, "a whole one");
	}
	must(n > 10 && n < 1000 && rc == -EAGAIN && errors == 1 &&
	     strstr(line, "never stops changing"), "a driver hears of it");
	must(added->cops->config_get(added, 1, bytes, OWN_SIZE, 1) < 0 &&
	     added->cops->config_set(added, OWN_SIZE + 1, bytes, 1) < 0,
	     "nothing behind a device's registers is touched");
}

int main(int argc, char **argv)
{
	planted = argc > 1 ? atoi(argv[1]) : 0;
	must(!run(NOTHING, 8, 0, 2, 4) && !errors && told == 15 && !is_cut,
	     "an honest device works");
	must(notifications[4] == 0 && notifications[0] == 0xffff,
	     "its notifications arrive");
	check_queues();
	check_refused(RESETS_FOR_EVER, "does not end its reset", false);
	check_refused(FORGETS_STATUS, "does not keep its status", false);
	check_refused(ILL_AT_ONCE, "asks for a reset", false);
	check_refused(REFUSES_FEATURES, "refuses the features", true);
	check_refused(ILL_WITH_FEATURES, "asks for a reset", true);
	check_refused(ILL_WITH_QUEUE, "asks for a reset", true);
	check_refused(ILL_WITH_START, "asks for a reset", true);
	check_refused(RESIZES, "does not take a queue", true);
	check_refused(STAYS_OFF, "does not take a queue", true);
	check_refused(REFUSES_VECTOR, "its message is refused", true);
	check_features();
	check_failures();
	run_then(DISK, read_own);
	started_by_driver = true;
	must(!run(NOTHING, 8, 0, 0, 4) && !errors, "9p's way works");
	must(run(REFUSES_FEATURES, 8, 0, 0, 4) == -ENODEV && errors == 1,
	     "features are settled before queues");
	must(run(ILL_WITH_QUEUE, 8, 0, 0, 4) == -ENODEV && raised < 0,
	     "a driver hears of it while it can");
	must(run(ILL_WITH_START, 8, 0, 0, 4) != -EFAULT && errors == 1 &&
	     raised >= 0, "no driver waits for ever");
	return 0;
}
