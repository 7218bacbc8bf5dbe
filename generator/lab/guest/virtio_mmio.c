/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A device is found by the command line or in ACPI, reads and writes memory and
 * interrupts. The driver asks a virtio-rng for some bytes, in both generations
 * of the interface: "legacy" wants the queue's page, the other one addresses.
 * Source: Virtual I/O Device specification 1.2, 4.2 and 2.7. A microvm without
 * ACPI has nothing that would end it but a triple fault.
 *
 * number: 33
 * on: nowhere
 * because: QEMU has the device where the check asks for it
 * with: argument=words on=qemu-microvm machine=acpi=off device=virtio-rng-device ends=triple-fault says="virtio_mmio: pass"
 * with: argument=words2 on=qemu-microvm machine=acpi=off device=virtio-rng-device settings=virtio-mmio.force-legacy=false ends=triple-fault says="virtio_mmio: pass"
 * with: argument=tables on=qemu-microvm device=virtio-rng-device says="GSI 47, level, high: 4"
 * with: argument=empty on=qemu-microvm counted=1
 * with: argument=tables2 on=qemu-microvm device=virtio-rng-device settings=virtio-mmio.force-legacy=false
 */
#include <bare/check.h>

#if __has_include(<plat/virtio_mmio.h>)
#include <bare/string.h>
#include <bare/words.h>
#include <plat/clock.h>
#include <plat/core.h>
#include <plat/page.h>
#include <plat/timer.h>
#include <plat/virtio_mmio.h>
#include <plat/x86.h>

#include "device.h"
#include "line.h"

#define KIND_RNG		4
#define WORDS			64

/* Where QEMU's microvm has its slots */
#define MICROVM_BASE		0xfeb00000UL
#define MICROVM_SIZE		0x200
#define MICROVM_SLOTS		24
#define MOST_INSTRUCTIONS	100000

#define DRIVER_FEATURES		0x020
#define DRIVER_FEATURES_SELECT	0x024
#define GUEST_PAGE_SIZE		0x028
#define QUEUE_SELECT		0x030
#define QUEUE_MAX		0x034
#define QUEUE_SIZE		0x038
#define QUEUE_ALIGN		0x03c
#define QUEUE_PAGE		0x040
#define QUEUE_READY		0x044
#define QUEUE_NOTIFY		0x050
#define INTERRUPT_STATUS	0x060
#define INTERRUPT_ACK		0x064
#define QUEUE_ADDRESSES		0x080	/* 0x10 bytes each */
#define STATUS_BEGUN		3	/* acknowledged, driven */
#define STATUS_DRIVER		4
#define STATUS_FEATURES		8
#define FEATURE_VERSION_1	1	/* bit 32: the first of the second word */
#define DEVICE_WRITES		2
#define ENTRIES			4
#define BYTES			64
#define WANTED			3

/* As the legacy interface lays it out, aligned to a page */
static struct {
	struct {
		uint64_t address;
		uint32_t length;
		uint16_t flags, next;
	} descriptors[ENTRIES];
	struct {
		uint16_t flags, index, ring[ENTRIES], event;
	} available;
	struct {
		uint16_t flags, index;
		struct {
			uint32_t id, length;
		} ring[ENTRIES];
	} used __attribute__((aligned(PAGE_SIZE)));
} queue __attribute__((aligned(PAGE_SIZE)));

static uint8_t bytes[BYTES];
static volatile uint32_t *registers;
static volatile unsigned int came;

static uint32_t get(unsigned int reg)
{
	return registers[reg / 4];
}

static void set(unsigned int reg, uint32_t value)
{
	registers[reg / 4] = value;
}

static void handler(void)
{
	const uint32_t why = get(INTERRUPT_STATUS);

	came += why & 1;
	set(INTERRUPT_ACK, why);
	core_note_work();
	line_done();
}

static void set_address(unsigned int which, const void *at)
{
	set(QUEUE_ADDRESSES + 0x10 * which, (uint32_t)(uint64_t)at);
	set(QUEUE_ADDRESSES + 0x10 * which + 4, (uint32_t)((uint64_t)at >> 32));
}

static const char *start(bool legacy)
{
	set(VIRTIO_MMIO_STATUS, 0);
	set(VIRTIO_MMIO_STATUS, STATUS_BEGUN);
	set(DRIVER_FEATURES_SELECT, 0);
	set(DRIVER_FEATURES, 0);
	if (!legacy) {
		set(DRIVER_FEATURES_SELECT, 1);
		set(DRIVER_FEATURES, FEATURE_VERSION_1);
		set(VIRTIO_MMIO_STATUS, STATUS_BEGUN | STATUS_FEATURES);
		if (!(get(VIRTIO_MMIO_STATUS) & STATUS_FEATURES))
			return "features refused";
	}
	set(QUEUE_SELECT, 0);
	if (get(QUEUE_MAX) < ENTRIES)
		return "the queue is too short";
	set(QUEUE_SIZE, ENTRIES);
	if (legacy) {
		set(GUEST_PAGE_SIZE, PAGE_SIZE);
		set(QUEUE_ALIGN, PAGE_SIZE);
		set(QUEUE_PAGE, (uint32_t)((uint64_t)&queue / PAGE_SIZE));
	} else {
		set_address(0, queue.descriptors);
		set_address(1, &queue.available);
		set_address(2, &queue.used);
		set(QUEUE_READY, 1);
	}
	set(VIRTIO_MMIO_STATUS, STATUS_BEGUN | STATUS_DRIVER |
	    (legacy ? 0 : STATUS_FEATURES));
	return NULL;
}

static void ask(void)
{
	queue.descriptors[0].address = (uint64_t)bytes;
	queue.descriptors[0].length = BYTES;
	queue.descriptors[0].flags = DEVICE_WRITES;
	queue.available.ring[queue.available.index % ENTRIES] = 0;
	__sync_synchronize();
	queue.available.index++;
	__sync_synchronize();
	set(QUEUE_NOTIFY, 0);
}

/* The 8259s lack some devices' lines: such a device is watched instead. */
static bool wait_for(unsigned int requests, bool line)
{
	const volatile uint16_t *const served = &queue.used.index;
	const uint64_t until = clock_monotonic() + NSEC_PER_SEC;

	while ((line ? came : *served) < requests && clock_monotonic() < until)
		if (line)
			timer_block_until(until);
	return *served >= requests;
}

static const char *serve(bool line)
{
	unsigned int i, sum = 0;

	for (i = 1; i <= WANTED; i++) {
		ask();
		if (!wait_for(i, line))
			return "the device did not serve a request";
		if (line && came < i)
			return "no interrupt came within a second";
	}
	for (i = 0; i < BYTES; i++)
		sum += ((volatile uint8_t *)bytes)[i];
	return sum ? NULL : "nothing was written";
}

/* The line is split anew: main() has cut its own copy. */
static unsigned int by_words(const struct boot_info *bi,
			     struct virtio_mmio_slot *slots)
{
	static char line[BOOT_CMDLINE_SIZE];
	static char *words[WORDS];
	unsigned int i, n, count = 0;

	memcpy(line, bi->cmdline, bi->cmdline_len + 1);
	n = split_words(line, words, WORDS);
	for (i = 0; i < n && count < VIRTIO_MMIO_SLOTS; i++)
		count += virtio_mmio_word(words[i], &slots[count]);
	return count;
}

/* The emulator counts a tick for each instruction. */
static enum check_result count_empty(struct virtio_mmio_slot *slots)
{
	const uint64_t begin = rdtsc();
	unsigned int i, devices;
	unsigned long cost;

	devices = virtio_mmio_tables(slots, VIRTIO_MMIO_SLOTS);
	for (i = 0; i < MICROVM_SLOTS; i++) {
		slots[0].base = MICROVM_BASE + i * MICROVM_SIZE;
		devices += virtio_mmio_works(&slots[0]);
	}
	cost = (unsigned long)(rdtsc() - begin);
	print_line("  %lu instructions", cost);
	if (devices)
		return check_fail("%u devices in empty slots", devices);
	return cost > MOST_INSTRUCTIONS ? check_fail("too many") : CHECK_PASS;
}

static enum check_result run(const struct boot_info *bi, const char *arg)
{
	static struct virtio_mmio_slot slots[VIRTIO_MMIO_SLOTS];
	const bool words = arg[0] == 'w';
	const bool legacy = arg[strlen(arg) - 1] != '2';
	unsigned int i, count;
	const char *wrong;
	bool line;

	if (arg[0] == 'e')
		return count_empty(slots);
	count = words ? by_words(bi, slots)
		      : virtio_mmio_tables(slots, VIRTIO_MMIO_SLOTS);
	for (i = 0; i < count; i++)
		print_line("  slot at 0x%lx, 0x%lx bytes, GSI %u, %s, %s: %u",
			   (unsigned long)slots[i].base,
			   (unsigned long)slots[i].size, slots[i].gsi,
			   slots[i].level ? "level" : "edge",
			   slots[i].low ? "low" : "high",
			   virtio_mmio_device(&slots[i]));
	for (i = 0; i < count; i++)
		if (virtio_mmio_device(&slots[i]) == KIND_RNG)
			break;
	if (i == count)
		return check_fail("no device in %u slots", count);
	if (!virtio_mmio_works(&slots[i]))
		return check_fail("an honest device is refused");
	registers = core_phys(slots[i].base);
	if (get(VIRTIO_MMIO_VERSION) != (legacy ? 1 : 2))
		return check_fail("version %u", get(VIRTIO_MMIO_VERSION));
	core_irq_register(slots[i].gsi, handler);
	line = irq_line_wire(slots[i].gsi, slots[i].level, slots[i].low) &&
	       line_open(slots[i].gsi);
	if (!line && has_ioapic())
		return check_fail("no IOAPIC has line %u", slots[i].gsi);
	wrong = start(legacy);
	if (!wrong)
		wrong = serve(line);
	if (!wrong && !virtio_mmio_taken(&slots[i]))
		wrong = "a driven device looks free";
	virtio_mmio_reset(&slots[i]);
	if (!wrong && virtio_mmio_taken(&slots[i]))
		wrong = "a stopped device looks driven";
	return wrong ? check_fail("%s", wrong) : CHECK_PASS;
}
#else
static enum check_result run(const struct boot_info *bi, const char *arg)
{
	(void)bi;
	(void)arg;
	return check_skip("this platform finds no virtio-mmio");
}
#endif

CHECK(virtio_mmio, "a virtio device in memory is found, driven and interrupts")
{
	return run(bi, arg);
}
