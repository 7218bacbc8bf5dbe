/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How virtio devices in memory get to Unikraft's driver, on the host and with a
 * driver that takes notes: of which devices it hears, in which order, how their
 * lines are described before, and what remains of the command line.
 */
#include <errno.h>

#include "feeder.h"

#define __unused		__attribute__((unused))
#define uk_early_initcall(init, term)	static int (*const early)(struct uk_init_ctx *) = init
#define uk_plat_initcall(init, term)	static int (*const late)(struct uk_init_ctx *) = init
#define uk_alloc_get_default()		NULL
#define uk_calloc(a, n, size)		calloc(n, size)
#define uk_free(a, what)		free(what)

struct uk_init_ctx {
	struct {
		int argc;
		char **argv;
	} cmdline;
};

struct pf_device {
	uint64_t base;
	size_t size;
	unsigned long irq;
};

int virtio_mmio_add_dev(struct pf_device *dev);

#include <plat/virtio_mmio.h>

/* The tables are this file's. */
#define virtio_mmio_tables	tables_of_acpi
#include <pc/virtio-mmio/virtio_mmio.c>
#include <pc/virtio-mmio/virtio_mmio_probe.c>
#undef virtio_mmio_tables
#include <core/virtio-mmio-bus/virtio_mmio_bus.c>

#define BASE(slot)	(0x10000UL + (slot) * 0x200UL)
#define LINES_THERE	48

/* Firmware's disk, one that words name too, nothing, one without a line, one
 * that Unikraft's driver takes by itself; then two that only words name, of
 * which one cannot work.
 */
enum { DISK, BOTH, EMPTY, NO_LINE, BY_DRIVER, BY_WORD, LIAR, ALL };

static uint32_t registers[ALL][0x80];
static const char *lines[LINES_THERE];	/* how each is driven */
static unsigned int errors, added_count, tries;
static struct pf_device added[ALL + 1];

static uint64_t read_clock(void) { return 0; }

uint64_t (*clock_reader)(void) = read_clock;

struct aml aml_dsdt(void)
{
	return (struct aml){ NULL, 0 };
}

unsigned int virtio_mmio_scan(struct aml code, struct virtio_mmio_slot *found,
			      unsigned int max)
{
	(void)code;
	(void)found;
	return max & 0;
}

unsigned int virtio_mmio_tables(struct virtio_mmio_slot *found,
				unsigned int max)
{
	unsigned int i;

	must(max > BY_DRIVER, "there is room for all slots");
	for (i = 0; i <= BY_DRIVER; i++)
		found[i] = (struct virtio_mmio_slot){
			.base = BASE(i), .size = 0x200, .level = i != BOTH,
			.low = i == DISK,
			.gsi = i == NO_LINE ? LINES_THERE : 24 + i,
		};
	return i;
}

void *core_phys(uint64_t paddr)
{
	must(paddr >= BASE(0) && paddr < BASE(ALL), "a slot is read");
	if (paddr == BASE(BOTH) + VIRTIO_MMIO_MAGIC)
		tries++;
	return (uint8_t *)registers + (paddr - BASE(0));
}

void core_error(const char *fmt, ...)
{
	must(fmt[0], "a message says something");
	errors++;
}

bool irq_line_wire(unsigned int irq, bool level, bool low)
{
	if (irq >= LINES_THERE)
		return false;
	lines[irq] = level ? low ? "level, low" : "level, high"
			   : low ? "edge, low" : "edge, high";
	return true;
}

int virtio_mmio_add_dev(struct pf_device *dev)
{
	must(added_count < ALL, "no device is added twice");
	must(lines[dev->irq], "its line has been described");
	registers[(dev->base - BASE(0)) / 0x200][VIRTIO_MMIO_STATUS / 4] = 3;
	added[added_count++] = *dev;
	free(dev);
	return 0;
}

static void check_added(unsigned int place, unsigned int slot, unsigned int irq,
			const char *how)
{
	must(added[place].base == BASE(slot) && added[place].size == 0x200 &&
	     added[place].irq == irq, "devices are added in their order");
	must(!strcmp(lines[irq], how), "tables know how a line is driven");
}

int main(void)
{
	static char both[] = "virtio_mmio.device=512@0x10200:25";
	static char by_word[] = "virtio_mmio.device=0x200@0x10a00:5:1";
	static char liar[] = "virtio_mmio.device=0x200@0x10c00:6:2";
	static char *argv[] = {
		"app", both, "virtio_mmio.device=x", by_word, liar, "word",
		NULL,
	};
	struct uk_init_ctx ctx = { .cmdline = { 6, argv } };
	unsigned int i;

	for (i = 0; i < ALL; i++) {
		registers[i][VIRTIO_MMIO_MAGIC / 4] = VIRTIO_MMIO_IS_VIRTIO;
		registers[i][VIRTIO_MMIO_VERSION / 4] = 1 + i % 2;
		registers[i][VIRTIO_MMIO_DEVICE_ID / 4] = i == EMPTY ? 0 : 2;
		registers[i][VIRTIO_MMIO_FEATURES / 4] = 1;
		registers[i][VIRTIO_MMIO_QUEUE_MAX / 4] = 8;
	}
	registers[DISK][VIRTIO_MMIO_STATUS / 4] = 7;
	registers[BY_WORD][VIRTIO_MMIO_STATUS / 4] = 7;
	registers[LIAR][VIRTIO_MMIO_QUEUE_MAX / 4] = 3;
	must(!early(&ctx), "no error stops the guest");
	must(tries == 2, "a device is tried once, whoever names it");
	must(errors == 2, "a line says which device is not used, and why");
	registers[BY_DRIVER][VIRTIO_MMIO_STATUS / 4] = 3;
	must(!late(&ctx), "no error stops the guest");
	must(added_count == 3, "all devices are added that nobody has taken");
	check_added(0, DISK, 24, "level, low");
	check_added(1, BOTH, 25, "edge, high");
	check_added(2, BY_WORD, 5, "edge, high");
	must(ctx.cmdline.argc == 3 && !strcmp(argv[0], "app") &&
	     !strcmp(argv[1], "virtio_mmio.device=x") &&
	     !strcmp(argv[2], "word") && !argv[3],
	     "words that name devices are gone, and no others");
	return 0;
}
