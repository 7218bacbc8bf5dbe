/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Slots by the command line, as hosts without ACPI pass them, and by ACPI. A
 * machine may have more slots than devices: an empty one is no error.
 * Source: Linux, Documentation/admin-guide/kernel-parameters.txt,
 * virtio_mmio.device.
 */
#include <plat/acpi.h>
#include <plat/aml.h>
#include <plat/core.h>
#include <plat/virtio_mmio.h>

#define WORD		"virtio_mmio.device="

/* Numbers as C writes them */
static bool read_number(const char **text, uint64_t *value)
{
	const char *s = *text;
	unsigned int base = 10, digit;

	if (s[0] == '0' && (s[1] | 0x20) == 'x') {
		base = 16;
		s += 2;
	}
	*text = s;
	for (*value = 0;; s++) {
		if (*s >= '0' && *s <= '9')
			digit = (unsigned int)(*s - '0');
		else if ((*s | 0x20) >= 'a' && (*s | 0x20) <= 'f')
			digit = (unsigned int)((*s | 0x20) - 'a' + 10);
		else
			break;
		if (digit >= base || *value > (UINT64_MAX - digit) / base)
			return false;
		*value = *value * base + digit;
	}
	if (s == *text)
		return false;
	*text = s;
	return true;
}

static bool read_size(const char **text, uint64_t *size)
{
	static const char units[] = "KMG";
	unsigned int i;

	if (!read_number(text, size))
		return false;
	for (i = 0; units[i]; i++) {
		if ((**text & ~0x20) != units[i])
			continue;
		++*text;
		if (*size > UINT64_MAX >> (10 * (i + 1)))
			return false;
		*size <<= 10 * (i + 1);
		break;
	}
	return true;
}

static bool read_char(const char **text, char wanted)
{
	if (**text != wanted)
		return false;
	++*text;
	return true;
}

bool virtio_mmio_word(const char *word, struct virtio_mmio_slot *slot)
{
	static const char begin[] = WORD;
	uint64_t gsi, id;
	unsigned int i;

	for (i = 0; begin[i]; i++)
		if (word[i] != begin[i])
			return false;
	word += i;
	*slot = (struct virtio_mmio_slot){ 0 };
	if (!read_size(&word, &slot->size) || !read_char(&word, '@') ||
	    !read_number(&word, &slot->base) || !read_char(&word, ':') ||
	    !read_number(&word, &gsi) ||
	    (read_char(&word, ':') && !read_number(&word, &id)) || *word)
		return false;
	slot->gsi = (uint32_t)gsi;
	return gsi <= UINT32_MAX && slot->size >= VIRTIO_MMIO_SIZE &&
	       !(slot->base & 3) && acpi_in_reach(slot->base, slot->size);
}

unsigned int virtio_mmio_tables(struct virtio_mmio_slot *slots,
				unsigned int max)
{
	return virtio_mmio_scan(aml_dsdt(), slots, max);
}

uint32_t virtio_mmio_device(const struct virtio_mmio_slot *slot)
{
	uint32_t version;

	if (*virtio_mmio_register(slot, VIRTIO_MMIO_MAGIC) !=
	    VIRTIO_MMIO_IS_VIRTIO)
		return 0;
	version = *virtio_mmio_register(slot, VIRTIO_MMIO_VERSION);
	if (version != 1 && version != 2)
		return 0;
	return *virtio_mmio_register(slot, VIRTIO_MMIO_DEVICE_ID);
}

void virtio_mmio_reset(const struct virtio_mmio_slot *slot)
{
	*virtio_mmio_register(slot, VIRTIO_MMIO_STATUS) = 0;
}

bool virtio_mmio_taken(const struct virtio_mmio_slot *slot)
{
	return *virtio_mmio_register(slot, VIRTIO_MMIO_STATUS);
}
