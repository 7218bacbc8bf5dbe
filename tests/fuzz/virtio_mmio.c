/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where virtio devices are: ACPI's byte code and words of the command line, built
 * for the host and fed by libFuzzer. Both lie in blocks of their size. Slots of
 * honest byte code are found with all that it says, in its order; those of cut
 * byte code are the first ones of these. Whatever others say, each slot makes
 * sense and there are no more than wanted.
 */
#include "feeder.h"

#include <pc/aml/aml.c>
#include <pc/aml/aml_find.c>
#include <pc/aml/aml_resources.c>
#include <pc/virtio-mmio/virtio_mmio.c>
#include <pc/virtio-mmio/virtio_mmio_scan.c>

#define END_TAG	0x79

#define MOST	8
#define CODE	4096

static uint8_t code[CODE];
static size_t used;
static struct virtio_mmio_slot expected[MOST];
static unsigned int wanted;

bool acpi_copy(const char signature[4], void *to, size_t size)
{
	(void)signature;
	(void)to;
	(void)size;
	return false;
}

const struct acpi_header *acpi_dsdt(const struct acpi_fadt *fadt)
{
	(void)fadt;
	return NULL;
}

void *core_phys(uint64_t paddr)
{
	(void)paddr;
	abort();
}

static void put(const void *data, size_t size)
{
	memcpy(code + used, data, size);
	used += size;
}

static void put_number(uint64_t value, unsigned int size)
{
	put(&value, size);
}

static void put_memory(const struct virtio_mmio_slot *slot, unsigned int more)
{
	put_number(AML_MEMORY32_FIXED, 1);
	put_number(MEMORY32_LENGTH + more, 2);
	put_number(1, 1);
	put_number(slot->base, 4);
	put_number(slot->size, 4);
	while (more--)
		put_number(END_TAG, 1);
}

static void put_line(const struct virtio_mmio_slot *slot, unsigned int count)
{
	put_number(AML_INTERRUPT, 1);
	put_number(INTERRUPT_LENGTH, 2);
	put_number(1U | (slot->level ? 0 : INTERRUPT_EDGE) |
		   (slot->low ? INTERRUPT_LOW : 0), 1);
	put_number(count, 1);
	put_number(slot->gsi, 4);
}

/* Some properties of a device, or of others */
static void put_padding(struct input *in)
{
	uint64_t length = take(in, 1) % 32;

	while (length--)
		put_number(take(in, 1) % 2 ? AML_BYTE : 'L', 1);
}

/* A list, cut short by a buffer that is smaller than what follows it */
static void put_list(struct input *in, const struct virtio_mmio_slot *slot,
		     unsigned int how)
{
	const size_t head = used;
	unsigned int i, extra = (unsigned int)take(in, 1) % 4;
	const unsigned int width = (unsigned int)take(in, 1) % 3;
	static const unsigned int sizes[] = { 1, 2, 4 };
	size_t begin, length;

	put(RESOURCES_NAME, 4);
	put_number(AML_BUFFER, 1);
	put_number(extra << 6, 1);
	for (i = 0; i < extra; i++)
		put_number(0xff, 1);
	put_number(AML_BYTE + width, 1);
	put_number(0, sizes[width]);
	begin = used;
	if (how & 1)		/* an item of one byte, as a port is */
		put_number(0x47 & ~SMALL_LENGTH, 1);
	if (how & 2)
		put_line(slot, !(how & 4));
	put_memory(slot, how & 1);
	if (!(how & 2))
		put_line(slot, !(how & 4));
	length = used - begin - (how & 8 ? 1 : 0);
	put_number(END_TAG, 1);
	memcpy(code + head + 4 + 2 + extra + 1, &length, sizes[width]);
}

static void put_device(struct input *in)
{
	struct virtio_mmio_slot slot = {
		.base = take(in, 4), .size = take(in, 3),
		.gsi = (uint32_t)take(in, 4),
	};
	const unsigned int how = (unsigned int)take(in, 1);

	slot.level = how & 0x10;
	slot.low = how & 0x20;
	if (how & 0x40)
		slot.base &= ~3ULL;
	put_padding(in);
	put(DEVICE_NAME, sizeof(DEVICE_NAME));
	put_padding(in);
	put_list(in, &slot, how);
	if (how & 12 || slot.base % 4 || slot.base < 0x1000 ||
	    slot.base + slot.size > FOUR_GIB || slot.size < VIRTIO_MMIO_SIZE)
		return;
	expected[wanted++] = slot;
}

static bool same(const struct virtio_mmio_slot *a,
		 const struct virtio_mmio_slot *b)
{
	return a->base == b->base && a->size == b->size && a->gsi == b->gsi &&
	       a->level == b->level && a->low == b->low;
}

static unsigned int scan(const uint8_t *data, size_t size,
			 struct virtio_mmio_slot found[MOST])
{
	uint8_t *const block = malloc(size);
	unsigned int i, count;

	memcpy(block, data, size);
	count = virtio_mmio_scan((struct aml){ block, size }, found, MOST);
	free(block);
	must(count <= MOST, "no more slots than there is room");
	for (i = 0; i < count; i++)
		must(found[i].base >= 0x1000 && !(found[i].base % 4) &&
		     found[i].size >= VIRTIO_MMIO_SIZE &&
		     found[i].base + found[i].size <= FOUR_GIB,
		     "a slot's registers are within reach");
	return count;
}

static void check_honest(struct input *in)
{
	struct virtio_mmio_slot found[MOST];
	unsigned int i, count;
	size_t cut;

	used = 0;
	wanted = 0;
	for (i = 0; i < MOST && in->left; i++)
		put_device(in);
	count = scan(code, used, found);
	must(count == wanted, "all slots are found, and no others");
	for (i = 0; i < count; i++)
		must(same(&found[i], &expected[i]), "as they were described");
	cut = take(in, 2) % (used + 1);
	count = scan(code, cut, found);
	must(count <= wanted, "cut byte code has no more slots");
	for (i = 0; i < count; i++)
		must(same(&found[i], &expected[i]), "nor others");
}

/* The feeder's words, as a person or a host might write them */
static void check_words(struct input *in)
{
	static const char units[] = "KMGkmg";
	const uint64_t size = take(in, 8), base = take(in, 8), irq = take(in, 8);
	const unsigned int how = (unsigned int)take(in, 1);
	const unsigned int unit = how % 7;
	const uint64_t shift = unit < 6 ? 10 * (unit % 3 + 1) : 0;
	struct virtio_mmio_slot slot;
	char word[128];
	bool sense;

	snprintf(word, sizeof(word),
		 how & 0x40 ? "%s%#lx%.1s@%lu:%#lx%s"
			    : "%s%lu%.1s@%#lx:%lu%s",
		 WORD, (unsigned long)size, shift ? &units[unit] : "",
		 (unsigned long)base, (unsigned long)irq,
		 how & 0x80 ? ":7" : "");
	sense = size <= UINT64_MAX >> shift && size << shift >= VIRTIO_MMIO_SIZE &&
		!(base % 4) && base >= 0x1000 && base < FOUR_GIB &&
		size << shift <= FOUR_GIB - base && irq <= UINT32_MAX;
	must(virtio_mmio_word(word, &slot) == sense,
	     "a word that makes sense is taken, and no other");
	if (sense)
		must(slot.base == base && slot.size == size << shift &&
		     slot.gsi == irq, "as it says");
	strcat(word, "x");
	must(!virtio_mmio_word(word, &slot), "nothing follows it");
}

static void check_any_word(const uint8_t *data, size_t size)
{
	const size_t before = sizeof(WORD) - 1;
	char *const word = malloc(before + size + 1);
	struct virtio_mmio_slot slot;

	memcpy(word, WORD, before);
	memcpy(word + before, data, size);
	word[before + size] = '\0';
	if (virtio_mmio_word(word, &slot))
		must(strchr(word, '@') && strchr(word, ':'),
		     "a device has an address and an interrupt");
	free(word);
}

/* An item that is too short for what it should say, where byte code ends */
static void check_short_items(void)
{
	struct virtio_mmio_slot found[MOST];
	const struct virtio_mmio_slot slot = { .base = 0x1000, .size = 0x1000 };
	size_t line, length;

	for (length = 0; length <= INTERRUPT_LENGTH; length++) {
		used = 0;
		put(DEVICE_NAME, sizeof(DEVICE_NAME));
		put(RESOURCES_NAME, 4);
		put("\x11\x00\x0a\xff", 4);
		put_memory(&slot, 0);
		line = used;
		put_line(&slot, 1);
		code[line + 1] = (uint8_t)length;
		must(scan(code, line + 3 + length, found) ==
		     (length == INTERRUPT_LENGTH), "a whole item counts");
	}
}

static void check_great_numbers(void)
{
	static const char *const words[] = {
		WORD "18014398509481988K@0x1000:5",	/* 2^64 + 4 KiB */
		WORD "0x10000000000001000@0x1000:5",
		WORD "4K@0x10000000000001000:5",
		WORD "4K@0x1000:4294967296",
		WORD "4K@0x1000:5:18446744073709551616",
	};
	struct virtio_mmio_slot slot;
	unsigned int i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		must(!virtio_mmio_word(words[i], &slot),
		     "no number is taken for a smaller one");
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	check_short_items();
	check_great_numbers();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct virtio_mmio_slot found[MOST];
	struct input in = { data, size };
	const unsigned int what = (unsigned int)take(&in, 1) % 4;

	if (what == 0)
		check_honest(&in);
	else if (what == 1)
		check_words(&in);
	else if (what == 2)
		check_any_word(in.at, in.left);
	else
		scan(in.at, in.left, found);
	return 0;
}
