/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One IOAPIC of 24 pins or none, two 8259s, and a device whose interrupt stands
 * in configuration space and perhaps in the DSDT. Included once, together with
 * what reads them.
 */
#ifndef FUZZ_IRQ_NUMBERS_MACHINE_H
#define FUZZ_IRQ_NUMBERS_MACHINE_H

#include "feeder.h"

/* As one unit, so that each machine can begin with fresh data */
#include <pc/device-irqs/device_irqs.c>
#include <pc/device-irqs/irq_messages.c>
#define lock	lines_lock
#include <pc/device-irqs/pic_lines.c>
#undef lock
#define lock	pins_lock
#include <pc/ioapic/ioapic.c>
#undef lock
#include <pc/ioapic/ioapic_tables.c>
#include <pc/pci-irq/pci_irq.c>

#define IOAPIC_AT	0xfec00000U
#define IOAPIC_PINS	24
#define PIC1_MASKS	0x21
#define PIC2_MASKS	0xa1

/* The MADT: that IOAPIC, if any, the timer's line and one more elsewhere */
static struct {
	struct acpi_madt head;
	struct madt_ioapic ioapic;
	struct madt_override timer, other;
} __attribute__((packed)) tables;

struct cpu cpus[CPUS_MAX];
unsigned int cpus_count = 1;
uint32_t boot_cpu_lint0;

static uint32_t low[IOAPIC_PINS], high[IOAPIC_PINS];
static uint8_t masks[2];
static bool has_one;		/* an IOAPIC */
static uint8_t line_register, pin_register;
static int64_t gsi_of_dsdt;	/* of the device's pin, or -1 */
static unsigned int errors, writes;

void core_error(const char *fmt, ...)
{
	must(fmt[0], "a message says something");
	errors++;
}

unsigned int core_cpu(void) { return 0; }
bool lapic_init(void) { return true; }
uint32_t lapic_read(unsigned int reg) { return reg & 0; }
void lapic_eoi(void) { }

uint8_t inb(uint16_t port)
{
	must(port == PIC1_MASKS || port == PIC2_MASKS, "masks are read");
	return masks[port == PIC2_MASKS];
}

void outb(uint16_t port, uint8_t value)
{
	writes++;
	if (port == PIC1_MASKS || port == PIC2_MASKS)
		masks[port == PIC2_MASKS] = value;
}

uint32_t ioapic_get(uint64_t paddr, unsigned int reg)
{
	must(paddr == IOAPIC_AT, "the one there is");
	if (reg == VERSION)
		return (IOAPIC_PINS - 1) << LAST_PIN_SHIFT | 0x11;
	must(reg >= PIN_LOW(0) && reg < PIN_LOW(IOAPIC_PINS), "the pin exists");
	return reg % 2 ? high[(reg - 0x10) / 2] : low[(reg - 0x10) / 2];
}

void ioapic_set(uint64_t paddr, unsigned int reg, uint32_t value)
{
	must(paddr == IOAPIC_AT && reg >= PIN_LOW(0) &&
	     reg < PIN_LOW(IOAPIC_PINS), "the pin exists");
	writes++;
	*(reg % 2 ? &high[(reg - 0x10) / 2] : &low[(reg - 0x10) / 2]) = value;
}

const struct acpi_madt *madt_find(void)
{
	return &tables.head;
}

const struct madt_entry *madt_next(const struct acpi_madt *madt,
				   const struct madt_entry *e)
{
	must(madt == &tables.head, "the one there is");
	if (!e && !has_one)
		return &tables.timer.entry;
	return !e ? &tables.ioapic.entry :
	       e == &tables.ioapic.entry ? &tables.timer.entry :
	       e == &tables.timer.entry ? &tables.other.entry : NULL;
}

const struct mp_table *mp_table_find(void) { return NULL; }

void ioapic_read_mp(const struct mp_table *table,
		    void (*wire)(unsigned int irq, uint32_t gsi, uint8_t how,
				 unsigned int flags))
{
	must(!table && !wire, "there is no such table");
}

int ioapic_mp_line(uint8_t bus, uint8_t device, unsigned int pin)
{
	must(!bus && device == 1 && pin < PINS, "the device");
	return -1;
}

struct aml aml_dsdt(void) { return (struct aml){ NULL, 0 }; }

bool pci_prt_find(struct aml dsdt, uint8_t bus, uint8_t device,
		  unsigned int pin, struct aml_interrupt *interrupt)
{
	must(!dsdt.left && !bus && device == 1 && pin < PINS, "the device");
	*interrupt = (struct aml_interrupt){
		.gsi = (uint32_t)gsi_of_dsdt, .level = true, .low = true,
	};
	return gsi_of_dsdt >= 0;
}

uint16_t pci_host_segment(unsigned int host) { return (uint16_t)host; }
uint8_t pci_host_first_bus(unsigned int host) { return (uint8_t)host; }

uint32_t pci_read(const struct pci_function *f, unsigned int reg)
{
	must(f->device == 1 && reg == PCI_INTERRUPT, "the device");
	return (uint32_t)pin_register << 8 | line_register;
}

bool pci_bridge_to(const struct pci_function *f, struct pci_function *bridge)
{
	must(f->device == 1 && bridge, "the device");
	return false;		/* nothing is between it and the host */
}

/* Another machine, on which firmware has left each mask open */
static void begin(bool ioapic_there, int64_t gsi, uint8_t line)
{
	has_one = ioapic_there;
	gsi_of_dsdt = gsi;
	line_register = line;
	pin_register = 1;
	memset(lines, 0, sizeof(lines));
	memset(until_look, 0, sizeof(until_look));
	memset(low, 0, sizeof(low));
	masks[0] = 0xfb;	/* as the platform's driver leaves them */
	masks[1] = 0xff;
	messages = NULL;
	count = tries = errors = 0;
	tables.ioapic = (struct madt_ioapic){
		.entry = { MADT_IOAPIC, sizeof(tables.ioapic) },
		.address = IOAPIC_AT,
	};
	tables.timer = (struct madt_override){
		.entry = { MADT_OVERRIDE, sizeof(tables.timer) }, .gsi = 2,
	};
	tables.other = (struct madt_override){
		.entry = { MADT_OVERRIDE, sizeof(tables.other) },
		.source = 9, .gsi = 20, .flags = 15,
	};
	boot_cpu_lint0 = LINT0_EXTINT;
	ioapic.init();
	device_irqs_init();
	must(ioapic_present() == ioapic_there, "the IOAPIC is found");
	must(boot_cpu_lint0 == (ioapic_there ? LINT0_MASKED : LINT0_EXTINT),
	     "a MADT without an IOAPIC leaves the lines to the 8259s");
	writes = 0;
}

#endif /* FUZZ_IRQ_NUMBERS_MACHINE_H */
