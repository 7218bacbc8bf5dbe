/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/virtio-mmio/virtio_mmio_scan.c. DO NOT EDIT. */
/*
 * ACPI calls these devices LNRO0005 and lists their resources in a buffer of
 * the name _CRS, which needs no interpreter: the buffer's operator, its length,
 * its size as an integer, then the list. Lengths are limits here, never steps
 * out of the byte code. Source: ACPI specification 6.5, 20.2 (AML), 6.4
 * (resources).
 */
#include <plat/acpi.h>
#include <plat/virtio_mmio.h>

#define DEVICE_NAME		"LNRO0005"
#define RESOURCES_NAME		"_CRS"

/* How far a device's resources may be from its name: some other properties */
#define NEAR			256

#define AML_BUFFER		0x11
#define AML_ZERO		0x00
#define AML_ONE			0x01
#define AML_BYTE		0x0a
#define AML_WORD		0x0b
#define AML_DWORD		0x0c

#define LARGE			0x80	/* two bytes of length follow */
#define SMALL_LENGTH		0x07
#define END_TAG			0x79
#define MEMORY32_FIXED		0x86
#define MEMORY32_LENGTH		9	/* flags, base, size */
#define INTERRUPT		0x89
#define INTERRUPT_LENGTH	6	/* flags, count, the first number */
#define INTERRUPT_EDGE		0x02
#define INTERRUPT_LOW		0x04

/* What is left of the byte code */
struct bytes {
	const uint8_t *at;
	size_t left;
};

static uint32_t le(const uint8_t *p, unsigned int count)
{
	uint32_t value = 0;

	while (count--)
		value = value << 8 | p[count];
	return value;
}

static bool bytes_are(const struct bytes *b, const char *text, size_t length)
{
	size_t i;

	if (b->left < length)
		return false;
	for (i = 0; i < length; i++)
		if (b->at[i] != (uint8_t)text[i])
			return false;
	return true;
}

static bool skip(struct bytes *b, size_t count)
{
	if (b->left < count)
		return false;
	b->at += count;
	b->left -= count;
	return true;
}

/* Steps over the name and the head of the buffer; the list is what remains. */
static bool enter_list(struct bytes *b)
{
	static const uint8_t operators[] = {
		AML_ZERO, AML_ONE, AML_BYTE, AML_WORD, AML_DWORD
	};
	static const uint8_t sizes[] = { 0, 0, 1, 2, 4 };
	unsigned int i;
	uint32_t size;

	if (!skip(b, sizeof(RESOURCES_NAME) - 1) || !b->left ||
	    *b->at != AML_BUFFER || !skip(b, 1) || !b->left ||
	    /* The two top bits count the length's further bytes. */
	    !skip(b, 1U + (*b->at >> 6)) || !b->left)
		return false;
	for (i = 0; i < sizeof(operators); i++)
		if (*b->at == operators[i])
			break;
	if (i == sizeof(operators) || !skip(b, 1) || b->left < sizes[i])
		return false;
	size = sizes[i] ? le(b->at, sizes[i]) : operators[i];
	skip(b, sizes[i]);
	if (b->left > size)
		b->left = size;
	return true;
}

static bool makes_sense(const struct virtio_mmio_slot *slot)
{
	return slot->size >= VIRTIO_MMIO_SIZE && !(slot->base & 3) &&
	       acpi_in_reach(slot->base, slot->size);
}

/* Takes the first memory range and the first interrupt of a list. */
static bool read_list(struct bytes b, struct virtio_mmio_slot *slot)
{
	bool memory = false, line = false;
	size_t length;
	uint8_t tag;

	while (b.left && *b.at != END_TAG && !(memory && line)) {
		tag = *b.at;
		skip(&b, 1);
		length = tag & SMALL_LENGTH;
		if (tag & LARGE) {
			if (b.left < 2)
				return false;
			length = le(b.at, 2);
			skip(&b, 2);
		}
		if (b.left < length)
			return false;
		if (tag == MEMORY32_FIXED && length >= MEMORY32_LENGTH &&
		    !memory) {
			slot->base = le(b.at + 1, 4);
			slot->size = le(b.at + 5, 4);
			memory = true;
		} else if (tag == INTERRUPT && length >= INTERRUPT_LENGTH &&
			   b.at[1] && !line) {
			slot->level = !(b.at[0] & INTERRUPT_EDGE);
			slot->low = b.at[0] & INTERRUPT_LOW;
			slot->gsi = le(b.at + 2, 4);
			line = true;
		}
		skip(&b, length);
	}
	return memory && line && makes_sense(slot);
}

/* Looks for the resources near a device's name, not behind the next name. */
static bool read_device(struct bytes b, struct virtio_mmio_slot *slot)
{
	struct bytes list;

	if (b.left > NEAR)
		b.left = NEAR;
	for (; b.left && !bytes_are(&b, DEVICE_NAME, sizeof(DEVICE_NAME));
	     skip(&b, 1)) {
		if (!bytes_are(&b, RESOURCES_NAME, sizeof(RESOURCES_NAME) - 1))
			continue;
		list = b;
		if (enter_list(&list))
			return read_list(list, slot);
	}
	return false;
}

unsigned int virtio_mmio_scan(const uint8_t *aml, size_t size,
			      struct virtio_mmio_slot *slots, unsigned int max)
{
	struct bytes b = { aml, size };
	unsigned int count = 0;

	for (; count < max && b.left >= sizeof(DEVICE_NAME); skip(&b, 1)) {
		if (*b.at != (uint8_t)DEVICE_NAME[0] ||
		    !bytes_are(&b, DEVICE_NAME, sizeof(DEVICE_NAME)))
			continue;
		skip(&b, sizeof(DEVICE_NAME) - 1);
		count += read_device(b, &slots[count]);
	}
	return count;
}
