/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the transport asks of Unikraft and of the platform, and the registers of
 * the one device.
 */
#ifndef FUZZ_VIRTIO_PCI_CORE_H
#define FUZZ_VIRTIO_PCI_CORE_H

/* The compiler does not tell of what the machine itself does. */
#define NOT_TOLD	__attribute__((no_sanitize("coverage")))

#define BLOCKS_MAX	8
#define LINE		10
#define MESSAGE		50
#define DESCRIPTORS_AT	0		/* the first part of a queue */
#define AVAILABLE_AT	0x1000
#define USED_AT		0x2000
#define BUFFERS_AT	0x10000
#define BUFFER		64		/* request and answer, a half each */
#define MOST_ENTRIES	0x8000
#define RING_WORDS	(3 + 4 * MOST_ENTRIES)

static const struct pci_function place = { 0, 1, 2, 3 };
static struct virtio_pci_common common;
static uint16_t notifications[256 / 2 + 1];
static uint8_t isr_register;
static uint32_t notify_step;
static bool is_cut, is_heard;

static uint16_t kind = 2;		/* of device: a disk */
static unsigned int messages = 1;	/* that it can send; 0: it has a line */
static unsigned int rings;		/* of the driver's queue */
static uint16_t available[RING_WORDS], used[RING_WORDS];
static struct virtio_pci_descriptor descriptors[MOST_ENTRIES];
static uint8_t buffers[MOST_ENTRIES * BUFFER];
static int raised = -1;			/* what the platform sent */
static unsigned int step;		/* from head to head */
static struct {
	int (*run)(void *arg);
	void *arg;
} handlers[MESSAGE + 2];

static unsigned int errors, blocks_count, asked_time;
static char line[160];
static jmp_buf crashed;
static void *blocks[BLOCKS_MAX];

void core_log(const char *fmt, ...)
{
	must(fmt[0], "a line says something");
}

void core_error(const char *fmt, ...)
{
	va_list args;

	if (!is_heard)
		return;
	va_start(args, fmt);
	must(vsnprintf(line, sizeof(line), fmt, args) < (int)sizeof(line),
	     "a line fits");
	va_end(args);
	errors++;
}

void core_crash(const char *fmt, ...)
{
	must(strstr(fmt, "%x:%x.%x"), "a crash names the device");
	longjmp(crashed, 1);
}

void *uk_calloc(struct uk_alloc *a, size_t count, size_t size)
{
	(void)a;
	must(blocks_count < BLOCKS_MAX, "memory is not wasted");
	return blocks[blocks_count++] = calloc(count, size);
}

void uk_free(struct uk_alloc *a, void *what)
{
	unsigned int i;

	(void)a;
	for (i = 0; i < blocks_count && blocks[i] != what; i++)
		;
	must(i < blocks_count, "what is freed was taken");
	blocks[i] = blocks[--blocks_count];
	free(what);
}

static uint64_t read_clock(void)
{
	return ++asked_time * 1000000UL;
}

uint64_t (*clock_reader)(void) = read_clock;

unsigned int core_cpu(void) { return 0; }

int core_irq_alloc(unsigned int count)
{
	return count <= messages ? MESSAGE : -1;
}

void *core_phys(uint64_t paddr)
{
	if (paddr >= BUFFERS_AT) {
		must(paddr < BUFFERS_AT + sizeof(buffers), "a buffer");
		return &buffers[paddr - BUFFERS_AT];
	}
	must(paddr == DESCRIPTORS_AT || paddr == AVAILABLE_AT ||
	     paddr == USED_AT, "a part of the queue");
	return paddr == USED_AT ? (void *)used :
	       paddr ? (void *)available : descriptors;
}

struct cpu cpus[CPUS_MAX];
unsigned int cpus_count = 1;
uint32_t lapic_id(void) { return 7; }

void lapic_send(uint32_t apic_id, uint32_t vector)
{
	must(apic_id == 7 && raised < 0, "the CPU that has the queue");
	raised = (int)vector - 32;
}

int uk_intctlr_irq_register(unsigned int irq, int (*handler)(void *arg),
			    void *arg)
{
	must(messages ? irq - MESSAGE < messages : irq == LINE,
	     "what the device sends is handled");
	handlers[irq].run = handler;
	handlers[irq].arg = arg;
	return 0;
}

bool device_irq_configure(unsigned int irq, enum irq_trigger trigger,
			  unsigned int cpu)
{
	return irq == MESSAGE && trigger == IRQ_AS_USUAL && !cpu;
}

int pci_irq(const struct pci_function *f)
{
	return f->bus == place.bus ? LINE : -ENODEV;
}

void irq_message_add(struct irq_message *m)
{
	must(m->irq - MESSAGE < messages, "the message");
}

bool msix_find(const struct pci_function *f, struct msix *m)
{
	m->function = *f;
	m->entries = (uint16_t)messages;
	return messages > 0;
}

void msix_set(const struct msix *m, unsigned int entry, uint8_t vector,
	      unsigned int cpu)
{
	must(m->entries > entry && vector == 32 + MESSAGE + entry && !cpu,
	     "the message");
}

void msix_set_cpu(const struct msix *m, unsigned int entry, unsigned int cpu)
{
	must(m->entries > entry && !cpu, "the message");
}

void msix_mask(const struct msix *m, unsigned int e) { (void)m; (void)e; }
void msix_unmask(const struct msix *m, unsigned int e) { (void)m; (void)e; }
void msix_enable(const struct msix *m) { (void)m; }
void msix_disable(const struct msix *m) { (void)m; }

void pci_enable(const struct pci_function *f, bool intx)
{
	must(f->bus == place.bus && intx, "the device");
}

void pci_disable(const struct pci_function *f)
{
	is_cut = f->bus == place.bus;
}

void pci_walk(bool (*found)(const struct pci_function *f, void *arg), void *arg)
{
	must(found(&place, arg), "the walk goes on");
}

struct pci_capabilities pci_capabilities(const struct pci_function *f)
{
	must(f->bus == place.bus, "the device");
	return (struct pci_capabilities){ 0x40, 3 };
}

/* Three, one after the other: common, notifications, interrupt status */
uint8_t pci_next_capability(const struct pci_function *f,
			    struct pci_capabilities *c, uint8_t id,
			    unsigned int size)
{
	(void)f;
	must(id == CAPABILITY_VENDOR && size == 16, "virtio's capability");
	return c->left ? (uint8_t)(0x40 + 0x20 * (3 - c->left--)) : 0;
}

uint32_t pci_read(const struct pci_function *f, unsigned int reg)
{
	const uint32_t type = (reg - 0x40) / 0x20 + 1;

	(void)f;
	if (reg == PCI_ID)
		return VENDOR | (FIRST_MODERN + kind) << 16;
	switch (reg & 0x1c) {
	case 0: return type << 24;
	case 4: return type;		/* the BAR tells pci_map() */
	case 8: return 0;
	case 12: return type == TYPE_NOTIFY ? 256 : sizeof(common);
	default: return notify_step;
	}
}

volatile void *pci_map(const struct pci_function *f, unsigned int index,
		       uint32_t offset, uint32_t size)
{
	(void)f;
	must(!offset && size, "registers are mapped");
	return index == TYPE_COMMON ? (volatile void *)&common :
	       index == TYPE_NOTIFY ? (volatile void *)notifications
				    : &isr_register;
}

#include "virtio_pci_ring.h"

static void core_begin(void)
{
	memset(&common, 0, sizeof(common));
	memset(notifications, 0xff, sizeof(notifications));
	memset(available, 0, 64 * sizeof(*available));
	memset(used, 0, 64 * sizeof(*used));
	raised = -1;
	step = 2;
	is_cut = false;
	is_heard = true;
	errors = asked_time = rings = 0;
	line[0] = '\0';
}

static void core_end(void)
{
	while (blocks_count)
		free(blocks[--blocks_count]);
}

#endif /* FUZZ_VIRTIO_PCI_CORE_H */
