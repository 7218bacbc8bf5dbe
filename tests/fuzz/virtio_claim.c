/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which devices on PCI get to Unikraft's legacy driver, on the host: those that
 * are not driven the modern way and whose interrupt number is one that somebody
 * has. The driver would wait for any.
 */
#include <errno.h>

#include "feeder.h"

static int planted __attribute__((unused));	/* which defect is there */

#include <core/virtio-pci/virtio_pci_claim.c>

#define LINES_THERE	24
#define MODERN		5
#define LEGACY		6

static unsigned int errors, wired, added;

static int add_legacy(struct pci_device *dev)
{
	must(dev->addr.devid == LEGACY, "a modern device is not driven twice");
	must(wired == 1, "its line is described before");
	added++;
	return 0;
}

static int add_other(struct pci_device *dev)
{
	must(!dev, "a driver of another vendor gets none");
	return 0;
}

static const struct pci_device_id legacy_ids[] = {
	{ PCI_DEVICE_ID(VENDOR, PCI_ANY_ID) },
}, other_ids[] = {
	{ PCI_DEVICE_ID(0x8086, PCI_ANY_ID) },
};
static struct pci_driver legacy = { legacy_ids, add_legacy, NULL };
static struct pci_driver other = { other_ids, add_other, &legacy };

void _pci_register_driver(struct pci_driver *d)
{
	d->list = &other;
}

bool virtio_pci_claimed(uint8_t bus, uint8_t device, uint8_t function)
{
	return bus == 1 && device == MODERN && function == 2;
}

bool irq_line_wire(unsigned int irq, bool level, bool low)
{
	must(level && low, "as PCI drives a line");
	wired++;
	return irq < LINES_THERE;
}

void core_error(const char *fmt, ...)
{
	must(strstr(fmt, "%x:%x.%x"), "a line names the device");
	errors++;
}

static int claim(int device, unsigned long irq)
{
	struct pci_device dev = { { 1, device, 2 }, &driver, irq };

	errors = wired = added = 0;
	return driver.add_dev(&dev);
}

int main(int argc, char **argv)
{
	unsigned long irq;
	int rc;

	planted = argc > 1 ? atoi(argv[1]) : 0;
	fuzzed_ctor();
	for (irq = 0; irq < 256; irq++) {
		must(!claim(MODERN, irq) && !added && !errors && !wired,
		     "a modern device is left alone");
		rc = claim(LEGACY, irq);
		if (irq && irq < LINES_THERE)
			must(!rc && added == 1 && !errors,
			     "a device with a line is driven");
		else
			must(rc == -ENODEV && !added && errors == 1,
			     "any other is refused, with one line");
	}
	return 0;
}
