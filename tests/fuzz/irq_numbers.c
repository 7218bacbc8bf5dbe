/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Interrupt numbers as firmware and hosts may leave them, on the host: each
 * value of a device's register and each number of the DSDT, with an IOAPIC and
 * with 8259s only. A number that is taken opens the one input that it stands
 * for; any other opens none, and a line says so where a driver would wait in
 * vain.
 */
static int planted __attribute__((unused));	/* which defect is there */

#include "irq_numbers_machine.h"

#define LOW_LEVEL	(PIN_ACTIVE_LOW | PIN_LEVEL)

static const struct pci_function device = { .device = 1 };

static unsigned int open_inputs(void)
{
	unsigned int pin, n = 0;

	if (!has_one)
		return 16U - (unsigned int)__builtin_popcount(masks[0] |
							      masks[1] << 8);
	for (pin = 0; pin < IOAPIC_PINS; pin++)
		n += !(low[pin] & PIN_MASKED);
	return n;
}

static bool is_open(unsigned int irq)
{
	unsigned int pin;

	if (!has_one)
		return !(masks[irq / 8] >> irq % 8 & 1);
	pin = ioapic_lines[irq].gsi;
	return !(low[pin] & PIN_MASKED) && (low[pin] & 0xff) == 32 + irq;
}

/* What pci_irq() says, and what is open once a driver waits for it */
static void check_device(int wanted)
{
	const unsigned int before = open_inputs();
	const int irq = pci_irq(&device);

	must(irq == wanted, "a number that no controller has is refused");
	if (irq < 0) {
		must(open_inputs() == before, "what is refused stays shut");
		return;
	}
	must(open_inputs() == before, "a line is shut until a driver waits");
	device_irq_unmask((unsigned int)irq);
	must(is_open((unsigned int)irq) && open_inputs() == before + 1,
	     "one input is open, and comes as its number");
	must(!has_one || (low[irq] & LOW_LEVEL) == LOW_LEVEL ||
	     ioapic_lines[irq].told, "PCI drives a line low, by level");
	must(!errors, "what is found is no error");
}

static void check_registers(void)
{
	unsigned int line;

	for (line = 0; line < 256; line++) {
		begin(true, -1, (uint8_t)line);
		check_device(line && line != 2 && line < IOAPIC_PINS ?
			     (int)line : -1);
		begin(false, -1, (uint8_t)line);
		check_device(line && line != 2 && line < 16 ? (int)line : -1);
		pin_register = (uint8_t)line;
		if (!line || line > 4)
			must(pci_irq(&device) < 0, "a device has four pins");
	}
}

static void check_dsdt(void)
{
	int64_t gsi;

	/* The lines of the numbers 0 and 9 are led elsewhere. */
	for (gsi = 0; gsi < 300; gsi++) {
		begin(true, gsi, 255);
		check_device(gsi && gsi != 9 && gsi < IOAPIC_PINS ? (int)gsi
								  : -1);
	}
	begin(true, UINT32_MAX, 255);
	check_device(-1);
	begin(true, UINT32_MAX, 11);
	check_device(11);
}

/* A number that is in use: alike it is shared, otherwise refused. */
static void check_in_use(void)
{
	begin(true, 21, 255);
	must(irq_line_wire(21, true, true), "it is free");
	device_irq_unmask(21);
	must(pci_irq(&device) == 21 && is_open(21) && !errors,
	     "devices of PCI share a line, which stays open");
	begin(true, -1, 5);
	device_irq_unmask(5);	/* of a device that drives it by edges */
	writes = 0;
	must(pci_irq(&device) < 0 && errors == 1 && !writes,
	     "a line in use otherwise is refused, with a word");
	begin(true, 20, 255);
	device_irq_unmask(9);	/* the DSDT's 20 by another number */
	writes = 0;
	must(pci_irq(&device) < 0 && errors && !writes,
	     "a pin keeps its vector");
	begin(true, 21, 255);
	must(irq_line_wire(21, false, false), "it is free");
	must(pci_irq(&device) < 0 && errors == 1,
	     "a device that is not driven yet has its line, too");
}

static void set_cpu(struct irq_message *m, unsigned int cpu)
{
	must(m->irq == 60 && !cpu, "the message");
}

static void mask(struct irq_message *m, bool masked)
{
	must(m->irq == 60 && !masked, "the message");
}

/* Unikraft's own drivers open whichever number a host has told them. */
static void check_drivers(void)
{
	struct irq_message m = { NULL, 60, set_cpu, mask };
	unsigned int irq, kind;

	for (kind = 0; kind < 2; kind++)
		for (irq = 0; irq <= LAST_MESSAGE_IRQ; irq++) {
			begin(kind, -1, 255);
			device_irq_unmask(irq);
			if (irq < 16 && (kind || irq != PIC_CASCADE))
				continue;
			if (kind && irq < IOAPIC_PINS)
				continue;
			must(errors == 1 && !writes,
			     "who waits in vain is told, and nothing is opened");
			must(!device_irq_configure(irq, IRQ_LEVEL, 0),
			     "nor can it be configured");
		}
	for (; irq < 224; irq++)
		device_irq_unmask(irq);
	must(errors == 1, "the platform's own numbers are no device's");
	begin(true, -1, 255);
	irq_message_add(&m);
	must(device_irq_configure(60, IRQ_AS_USUAL, 0), "it is a device's");
	device_irq_unmask(60);
	must(!errors, "a message that somebody sends may be waited for");
}

int main(int argc, char **argv)
{
	planted = argc > 1 ? atoi(argv[1]) : 0;
	check_registers();
	check_dsdt();
	check_in_use();
	check_drivers();
	return 0;
}
