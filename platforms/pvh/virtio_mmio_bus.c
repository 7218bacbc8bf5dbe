/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/virtio-mmio-bus/virtio_mmio_bus.c. DO NOT EDIT. */
/*
 * Unikraft's driver of these devices takes those that the command line names
 * before "--". Hosts name them behind it as well, or in ACPI only, or in both:
 * this one adds whatever nobody has taken.
 */
#include <errno.h>

#include <uk/alloc.h>
#include <uk/bus/platform.h>
#include <uk/init.h>
#include <virtio/virtio_mmio.h>

#include <plat/core.h>
#include <plat/irq_lines.h>
#include <plat/virtio_mmio.h>

static struct virtio_mmio_slot slots[VIRTIO_MMIO_SLOTS];
static unsigned int slots_count;

static bool describe_line(const struct virtio_mmio_slot *slot)
{
	if (irq_line_wire(slot->gsi, slot->level, slot->low))
		return true;
	core_error("virtio-mmio: device at 0x%lx is not used, no controller has interrupt %u",
		   (unsigned long)slot->base, slot->gsi);
	return false;
}

/* Whether there is a device. If so, firmware's driver has lost it. */
static bool seize(const struct virtio_mmio_slot *slot)
{
	if (!virtio_mmio_device(slot))
		return false;
	virtio_mmio_reset(slot);
	return true;
}

/* Empty slots are left out. */
static int find_slots(struct uk_init_ctx *ctx)
{
	const unsigned int count = virtio_mmio_tables(slots, VIRTIO_MMIO_SLOTS);
	struct virtio_mmio_slot slot;
	unsigned int i;
	int word;

	for (i = 0; i < count; i++)
		if (seize(&slots[i]) && describe_line(&slots[i]))
			slots[slots_count++] = slots[i];
	for (word = 1; word < ctx->cmdline.argc; word++)
		if (virtio_mmio_word(ctx->cmdline.argv[word], &slot))
			seize(&slot);
	return 0;
}

static void add_device(const struct virtio_mmio_slot *slot)
{
	struct pf_device *dev;
	int rc = -ENOMEM;

	if (virtio_mmio_taken(slot))
		return;
	dev = uk_calloc(uk_alloc_get_default(), 1, sizeof(*dev));
	if (dev) {
		dev->base = slot->base;
		dev->size = slot->size;
		dev->irq = slot->gsi;
		rc = virtio_mmio_add_dev(dev);
	}
	if (!rc)
		return;
	core_error("virtio-mmio: device at 0x%lx is not used (%d)",
		   (unsigned long)slot->base, rc);
	uk_free(uk_alloc_get_default(), dev);
}

/* A word does not say how the line is driven: what the tables say has priority. */
static void add_word(const struct virtio_mmio_slot *slot)
{
	if (virtio_mmio_device(slot) && !virtio_mmio_taken(slot) &&
	    describe_line(slot))
		add_device(slot);
}

/* A word that named a device is no longer one of the application's. */
static void add_words(struct uk_init_ctx *ctx)
{
	char **const words = ctx->cmdline.argv;
	struct virtio_mmio_slot slot;
	int i, kept = 0;

	for (i = 0; i < ctx->cmdline.argc; i++) {
		if (i && virtio_mmio_word(words[i], &slot))
			add_word(&slot);
		else
			words[kept++] = words[i];
	}
	if (kept < i)
		words[kept] = NULL;
	ctx->cmdline.argc = kept;
}

static int add_devices(struct uk_init_ctx *ctx)
{
	unsigned int i;

	for (i = 0; i < slots_count; i++)
		add_device(&slots[i]);
	add_words(ctx);
	return 0;
}

/*
 * Lines are described before the buses, among which Unikraft's driver looks for
 * its words, and devices added behind them.
 */
uk_early_initcall(find_slots, 0);
uk_plat_initcall(add_devices, 0);
