/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A virtio device in memory that does one thing wrong, on the host: it is
 * refused with one line, in a time that ends, and an honest one is not. Its
 * registers are plain memory: the compiler tells of each access before it
 * happens, so that they hold by then what the device answers.
 */
#include <stdarg.h>

#include "feeder.h"

static int planted __attribute__((unused));	/* which defect is there */

#include <pc/virtio-mmio/virtio_mmio.c>
#include <pc/virtio-mmio/virtio_mmio_probe.c>

/* The compiler does not tell of what the machine itself does. */
#define NOT_TOLD	__attribute__((no_sanitize("coverage")))

#define BASE		0xfeb00000UL
#define REG(name)	(VIRTIO_MMIO_##name / 4)

enum wrong {
	NOTHING, NO_MAGIC, VERSION_0, VERSION_3, EMPTY, RESETS_FOR_EVER,
	RESETS_ONCE, FORGETS_ACKNOWLEDGE, FORGETS_DRIVER, FORGETS_ALL, ILL,
	OLD_IN_NEW, NO_QUEUE, ODD_QUEUE, ODD_SECOND, LARGE_QUEUE, QUEUE_GROWS,
	NEVER_SILENT, ALL,
};

static const char *const said[ALL] = {
	[NO_MAGIC] = "none of virtio",
	[VERSION_0] = "unknown version",
	[VERSION_3] = "unknown version",
	[RESETS_FOR_EVER] = "does not end its reset",
	[RESETS_ONCE] = "does not end its reset",
	[FORGETS_ACKNOWLEDGE] = "does not keep its status",
	[FORGETS_DRIVER] = "does not keep its status",
	[FORGETS_ALL] = "does not keep its status",
	[ILL] = "asks for a reset",
	[OLD_IN_NEW] = "lacks VIRTIO_F_VERSION_1",
	[NO_QUEUE] = "has no queue",
	[ODD_QUEUE] = "no power of two",
	[ODD_SECOND] = "no power of two",
	[LARGE_QUEUE] = "no power of two",
	[QUEUE_GROWS] = "size changes",
	[NEVER_SILENT] = "interrupts without end",
};

static enum wrong wrong;
static uint32_t registers[VIRTIO_MMIO_SIZE / 4], version, queues;
static uint32_t *stored;	/* what was written last, or NULL */
static uint32_t status, interrupts;
static unsigned int loads, resets, sizes, errors;
static char line[160];

static uint64_t read_clock(void)
{
	static uint64_t now;

	return now += 1000000;
}

uint64_t (*clock_reader)(void) = read_clock;

void core_error(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	must(vsnprintf(line, sizeof(line), fmt, args) < (int)sizeof(line),
	     "a line fits");
	va_end(args);
	errors++;
}

void *core_phys(uint64_t paddr)
{
	must(paddr >= BASE && paddr < BASE + VIRTIO_MMIO_SIZE, "its own");
	return &registers[(paddr - BASE) / 4];
}

struct aml aml_dsdt(void) { return (struct aml){ NULL, 0 }; }

unsigned int virtio_mmio_scan(struct aml code, struct virtio_mmio_slot *found,
			      unsigned int max)
{
	return found && max ? (unsigned int)code.left : 0;
}

NOT_TOLD static void take_store(void)
{
	const uint32_t value = stored ? *stored : 0;

	if (stored == &registers[REG(STATUS)]) {
		resets += !value;
		status = value;
	} else if (stored == &registers[REG(INTERRUPT_ACK)]) {
		interrupts &= ~value;
	}
	stored = NULL;
}

NOT_TOLD static uint32_t status_now(void)
{
	switch (wrong) {
	case RESETS_FOR_EVER: return status ? status : 1;
	case RESETS_ONCE: return !status && resets > 1 ? 1 : status;
	case FORGETS_ACKNOWLEDGE: return status & ~ACKNOWLEDGE;
	case FORGETS_DRIVER: return status & ~DRIVER;
	case FORGETS_ALL: return 0;
	case ILL: return status ? status | NEEDS_RESET : 0;
	default: return status;
	}
}

NOT_TOLD static uint32_t queue_size(void)
{
	const uint32_t selected = registers[REG(QUEUE_SELECT)];

	if (selected >= queues || wrong == NO_QUEUE)
		return 0;
	switch (wrong) {
	case ODD_QUEUE: return 3;
	case ODD_SECOND: return selected ? 24 : 8;
	case LARGE_QUEUE: return 65536;
	case QUEUE_GROWS: return 8U << (sizes++ & 7);
	default: return 256;
	}
}

NOT_TOLD void __sanitizer_cov_store4(uint32_t *at)
{
	take_store();
	if (at >= registers && at < registers + VIRTIO_MMIO_SIZE / 4)
		stored = at;
}

NOT_TOLD void __sanitizer_cov_load4(uint32_t *at)
{
	if (at < registers || at >= registers + VIRTIO_MMIO_SIZE / 4)
		return;
	take_store();
	must(++loads < 10000, "nobody asks for ever");
	registers[REG(MAGIC)] = wrong == NO_MAGIC ? UINT32_MAX
						  : VIRTIO_MMIO_IS_VIRTIO;
	registers[REG(VERSION)] = wrong == VERSION_0 ? 0 :
				  wrong == VERSION_3 ? 3 : version;
	registers[REG(DEVICE_ID)] = wrong != EMPTY;
	registers[REG(STATUS)] = status_now();
	registers[REG(FEATURES)] = registers[REG(FEATURES_SELECT)] == 1 &&
				   version == 2 && wrong != OLD_IN_NEW;
	if (at == &registers[REG(QUEUE_MAX)])
		registers[REG(QUEUE_MAX)] = queue_size();
	registers[REG(INTERRUPT)] = wrong == NEVER_SILENT ? 1 : interrupts;
}

/* Of other sizes no register matters. */
#define OTHER(name)	void name(void *at) { (void)at; }
OTHER(__sanitizer_cov_load1)
OTHER(__sanitizer_cov_load2)
OTHER(__sanitizer_cov_load8)
OTHER(__sanitizer_cov_load16)
OTHER(__sanitizer_cov_store1)
OTHER(__sanitizer_cov_store2)
OTHER(__sanitizer_cov_store8)
OTHER(__sanitizer_cov_store16)

static bool works(enum wrong what)
{
	static const struct virtio_mmio_slot slot = {
		.base = BASE, .size = VIRTIO_MMIO_SIZE,
	};
	bool it_does;

	wrong = what;
	memset(registers, 0, sizeof(registers));
	stored = NULL;
	status = 7;		/* as firmware's driver has left it */
	interrupts = 1;
	loads = resets = sizes = errors = 0;
	line[0] = '\0';
	it_does = virtio_mmio_works(&slot);
	take_store();
	return it_does;
}

static void check_all(void)
{
	enum wrong what;

	for (what = NOTHING; what < ALL; what++) {
		if (what == OLD_IN_NEW && version == 1)
			continue;
		if (what == ODD_SECOND && queues < 2)
			continue;
		must(works(what) == (what == NOTHING),
		     "what can work does, and nothing else");
		must(errors == !!said[what], "one line says why not");
		if (said[what])
			must(strstr(line, said[what]) &&
			     strstr(line, "0xfeb00000"), said[what]);
	}
	must(works(NOTHING) && !status && resets == 2 && !interrupts,
	     "it is left as a reset leaves it");
}

int main(int argc, char **argv)
{
	static const uint32_t counts[] = { 1, 2, 3, MOST_QUEUES, UINT32_MAX };
	unsigned int i;

	planted = argc > 1 ? atoi(argv[1]) : 0;
	for (version = 1; version < 3; version++)
		for (i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
			queues = counts[i];
			check_all();
		}
	return 0;
}
