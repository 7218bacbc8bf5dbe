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
#include <uk/intctlr.h>
#include <uk/intctlr/limits.h>
#include <virtio/virtio_mmio.h>

#include <plat/core.h>
#include <plat/virtio_mmio.h>

/* Unikraft's driver of the 8259s takes any number, and writes to other ports. */
#if CONFIG_LIBUKINTCTLR_XPIC
#define LINES	16
#else
#define LINES	UK_INTCTLR_MAX_IRQ
#endif /* CONFIG_LIBUKINTCTLR_XPIC */

static int open_line(const struct virtio_mmio_slot *slot)
{
	struct uk_intctlr_irq line = {
		.id = slot->gsi,
		.trigger = slot->level ? UK_INTCTLR_IRQ_TRIGGER_LEVEL
				       : UK_INTCTLR_IRQ_TRIGGER_EDGE,
	};

	return slot->gsi < LINES ? uk_intctlr_irq_configure(&line) : -ENODEV;
}

static int add_device(const struct virtio_mmio_slot *slot)
{
	struct pf_device *dev = uk_calloc(uk_alloc_get_default(), 1,
					  sizeof(*dev));
	int rc;

	if (!dev)
		return -ENOMEM;
	dev->base = slot->base;
	dev->size = slot->size;
	dev->irq = slot->gsi;
	rc = virtio_mmio_add_dev(dev);
	if (rc)
		uk_free(uk_alloc_get_default(), dev);
	return rc;
}

static void add(const struct virtio_mmio_slot *slot)
{
	int rc;

	if (!virtio_mmio_device(slot) || virtio_mmio_taken(slot))
		return;
	rc = open_line(slot);
	if (!rc)
		rc = add_device(slot);
	if (rc)
		core_error("virtio-mmio: device at 0x%lx with interrupt %u is not used (%d)",
			   (unsigned long)slot->base, slot->gsi, rc);
}

/* A word that named a device is no longer one of the application's. */
static void add_words(struct uk_init_ctx *ctx)
{
	char **const words = ctx->cmdline.argv;
	struct virtio_mmio_slot slot;
	int i, kept = 0;

	for (i = 0; i < ctx->cmdline.argc; i++) {
		if (i && virtio_mmio_word(words[i], &slot))
			add(&slot);
		else
			words[kept++] = words[i];
	}
	if (kept < i)
		words[kept] = NULL;
	ctx->cmdline.argc = kept;
}

static int add_devices(struct uk_init_ctx *ctx)
{
	static struct virtio_mmio_slot slots[VIRTIO_MMIO_SLOTS];
	unsigned int i, count;

	add_words(ctx);
	count = virtio_mmio_tables(slots, VIRTIO_MMIO_SLOTS);
	for (i = 0; i < count; i++)
		add(&slots[i]);
	return 0;
}

/* Behind the buses, among which Unikraft's driver looks for its words */
uk_plat_initcall(add_devices, 0);
