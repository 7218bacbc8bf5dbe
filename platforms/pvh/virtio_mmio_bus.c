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

/* Those of ACPI first, then those that only words name */
static struct virtio_mmio_slot slots[VIRTIO_MMIO_SLOTS];
static bool usable[VIRTIO_MMIO_SLOTS];
static unsigned int slots_count, tables_count;

static bool describe_line(const struct virtio_mmio_slot *slot)
{
	if (irq_line_wire(slot->gsi, slot->level, slot->low))
		return true;
	core_error("virtio-mmio: device at 0x%lx is not used, no controller has interrupt %u",
		   (unsigned long)slot->base, slot->gsi);
	return false;
}

static bool is_listed(const struct virtio_mmio_slot *slot)
{
	unsigned int i;

	for (i = 0; i < slots_count; i++)
		if (slots[i].base == slot->base)
			return true;
	return false;
}

static void list_word(const char *word)
{
	struct virtio_mmio_slot slot;

	if (!virtio_mmio_word(word, &slot) || is_listed(&slot) ||
	    slots_count == VIRTIO_MMIO_SLOTS)
		return;
	usable[slots_count] = virtio_mmio_works(&slot);
	slots[slots_count++] = slot;
}

static int find_slots(struct uk_init_ctx *ctx)
{
	unsigned int i;
	int word;

	tables_count = virtio_mmio_tables(slots, VIRTIO_MMIO_SLOTS);
	for (i = 0; i < tables_count; i++)
		usable[i] = virtio_mmio_works(&slots[i]) &&
			    describe_line(&slots[i]);
	slots_count = tables_count;
	for (word = 1; word < ctx->cmdline.argc; word++)
		list_word(ctx->cmdline.argv[word]);
	return 0;
}

static void add_device(const struct virtio_mmio_slot *slot)
{
	struct pf_device *dev;
	int rc = -ENOMEM;

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

/* A word that named a device is no longer one of the application's. */
static void take_words_out(struct uk_init_ctx *ctx)
{
	char **const words = ctx->cmdline.argv;
	struct virtio_mmio_slot slot;
	int i, kept = 0;

	for (i = 0; i < ctx->cmdline.argc; i++)
		if (!i || !virtio_mmio_word(words[i], &slot))
			words[kept++] = words[i];
	if (kept < i)
		words[kept] = NULL;
	ctx->cmdline.argc = kept;
}

/* A word does not say how the line is driven: what tables say comes first. */
static int add_devices(struct uk_init_ctx *ctx)
{
	unsigned int i;

	for (i = 0; i < slots_count; i++)
		if (usable[i] && !virtio_mmio_taken(&slots[i]) &&
		    (i < tables_count || describe_line(&slots[i])))
			add_device(&slots[i]);
	take_words_out(ctx);
	return 0;
}

/*
 * Lines are described before the buses, among which Unikraft's driver looks for
 * its words, and devices added behind them.
 */
uk_early_initcall(find_slots, 0);
uk_plat_initcall(add_devices, 0);
