/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/pci-irq/pci_irq.c. DO NOT EDIT. */
/*
 * With IOAPICs, tables say where a line goes, and they say it of the buses that
 * hosts have. Each bridge on the way there turns the pins by the number of the
 * device. Without a table, and for the 8259s always, the number is the one that
 * firmware has written into configuration space. Source: PCI Local Bus
 * specification 3.0, 6.2.4 (interrupt line, interrupt pin); PCI-to-PCI bridge
 * architecture specification 1.2, 9.1 (pins behind a bridge).
 */
#include <stddef.h>

#include <plat/ioapic_tables.h>
#include <plat/irq_lines.h>
#include <plat/pci.h>
#include <plat/pci_irq.h>
#include <plat/pci_prt.h>

#define PINS	4

/*
 * Of ISA, and no lines of a device: firmware leaves them where it did not look
 */
#define TIMER_LINE	0
#define CASCADE_LINE	2

static int by_acpi(const struct pci_function *f, unsigned int pin)
{
	struct aml_interrupt i;
	int irq;

	if (f->bus != pci_host_first_bus(f->host) ||
	    !pci_prt_find(aml_dsdt(), f->bus, f->device, pin, &i))
		return -1;
	irq = ioapic_line_of(i.gsi);
	return irq >= 0 && irq_line_wire((unsigned int)irq, i.level, i.low) ?
	       irq : -1;
}

static int by_tables(struct pci_function f, unsigned int pin)
{
	int irq;

	do {
		/* This one has told how the line is driven, too. */
		irq = ioapic_mp_line(f.bus, f.device, pin);
		if (irq < 0)
			irq = by_acpi(&f, pin);
		if (irq >= 0)
			return irq;
		pin = (pin + f.device) % PINS;
	} while (pci_bridge_to(&f, &f));
	return -1;
}

static int by_firmware(const struct pci_function *f)
{
	const unsigned int line = pci_read8(f, PCI_INTERRUPT);

	if (line == TIMER_LINE || line == CASCADE_LINE ||
	    !irq_line_wire(line, true, true))
		return -1;
	return (int)line;
}

int pci_irq(const struct pci_function *f)
{
	const unsigned int pin = pci_read16(f, PCI_INTERRUPT) >> 8;
	int irq = -1;

	if (!pin || pin > PINS)
		return -1;
	if (ioapic_present() && !pci_host_segment(f->host))
		irq = by_tables(*f, pin - 1);
	return irq >= 0 ? irq : by_firmware(f);
}
