/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An IOAPIC serves where there is one; where there is none, the 8259s serve the
 * lines of the ISA bus.
 */
#include <stddef.h>

#include <plat/core.h>
#include <plat/device_irqs.h>
#include <plat/interrupts.h>
#include <plat/ioapic_tables.h>
#include <plat/irq_lines.h>
#include <plat/irq_messages.h>
#include <plat/pic_lines.h>
#include <plat/x86.h>

/* The bit of a vector among 8 registers, as local APICs have them */
#define APIC_IN_SERVICE		0x10
#define APIC_REQUESTED		0x20

/*
 * A device that nobody serves holds its line for ever: the interrupt is back as
 * soon as it has been served, and nothing else runs any more. One interrupt in
 * LOOK_EACH is looked at, which costs next to nothing; after 4,096 without one
 * moment of silence the line is masked. Hypervisors slow such a line down after
 * 10,000 of them.
 */
#define LOOK_EACH		16
#define MOST_LOOKS		256

static struct {
	bool configured;
	uint8_t how;		/* IOAPIC_LEVEL, IOAPIC_LOW */
	uint16_t looks;
} lines[IOAPIC_GSIS];

/* How many interrupts from now the line is looked at */
static uint8_t until_look[IOAPIC_GSIS];

static bool have_lapic, have_pic;

static bool lapic_holds(unsigned int reg, unsigned int irq)
{
	const unsigned int vector = IRQ_VECTOR(irq);

	return lapic_read(reg + vector / 32) >> vector % 32 & 1;
}

void device_irqs_init(void)
{
	have_lapic = lapic_init();
	have_pic = !ioapic_present();
	if (have_pic)
		pic_lines_init();
}

bool device_irq_configure(unsigned int irq, enum irq_trigger trigger,
			  unsigned int cpu)
{
	unsigned int how;

	if (irq >= FIRST_MESSAGE_IRQ)
		return have_lapic && irq_message_set_cpu(irq, cpu);
	if (!ioapic_present())
		return pic_has_line(irq);
	how = ioapic_lines[irq].how;
	if (trigger == IRQ_AS_USUAL && lines[irq].configured)
		how = lines[irq].how;
	if (trigger == IRQ_EDGE)
		how &= ~(IOAPIC_LEVEL | IOAPIC_LOW);
	else if (trigger == IRQ_LEVEL)
		how |= IOAPIC_LEVEL;
	if (!ioapic_route(ioapic_lines[irq].gsi, IRQ_VECTOR(irq), cpu, how))
		return false;
	lines[irq].how = (uint8_t)how;
	lines[irq].configured = true;
	return true;
}

/*
 * Whether another number has the pin of this one already: a pin has one vector.
 */
static bool has_rival(unsigned int irq)
{
	unsigned int i;

	for (i = 0; i < IOAPIC_GSIS; i++)
		if (i != irq && lines[i].configured &&
		    ioapic_lines[i].gsi == ioapic_lines[irq].gsi)
			return true;
	return false;
}

/*
 * Firmware and hosts may name any number, also that of another device. Devices
 * that drive a line alike share it; a second way would make the first one deaf.
 */
bool irq_line_wire(unsigned int irq, bool level, bool low)
{
	const uint8_t how = (level ? IOAPIC_LEVEL : 0) | (low ? IOAPIC_LOW : 0);

	if (!ioapic_present())
		return pic_has_line(irq);
	if (irq >= IOAPIC_GSIS)
		return false;
	if (has_rival(irq)) {
		core_error("irq %u: its pin is in use by another number", irq);
		return false;
	}
	if (!lines[irq].configured) {
		ioapic_wire(irq, how);
		return device_irq_configure(irq, IRQ_AS_USUAL, core_cpu());
	}
	if (ioapic_lines[irq].told || lines[irq].how == how)
		return true;
	core_error("irq %u: in use by a device that drives it otherwise", irq);
	return false;
}

void device_irq_mask(unsigned int irq)
{
	if (irq >= FIRST_MESSAGE_IRQ)
		irq_message_mask(irq, true);
	else if (ioapic_present())
		ioapic_mask(ioapic_lines[irq].gsi);
	else if (pic_has_line(irq))
		pic_line_mask(irq);
}

static bool unmask_line(unsigned int irq)
{
	if (!ioapic_present()) {
		if (pic_has_line(irq))
			pic_line_unmask(irq);
		return pic_has_line(irq);
	}
	if (!lines[irq].configured &&
	    !device_irq_configure(irq, IRQ_AS_USUAL, core_cpu()))
		return false;
	lines[irq].looks = 0;
	until_look[irq] = LOOK_EACH;
	ioapic_unmask(ioapic_lines[irq].gsi);
	return true;
}

/* Unikraft's own drivers take any number, and their call cannot fail. */
void device_irq_unmask(unsigned int irq)
{
	if (irq >= FIRST_MESSAGE_IRQ ? irq_message_mask(irq, false)
				     : unmask_line(irq))
		return;
	if (irq <= LAST_MESSAGE_IRQ)
		core_error("irq %u: this machine has none, a driver waits for it in vain",
			   irq);
}

static __attribute__((noinline)) void look_at_line(unsigned int irq)
{
	lapic_eoi();
	until_look[irq] = LOOK_EACH;
	if (!(lines[irq].how & IOAPIC_LEVEL))
		return;
	if (!lapic_holds(APIC_REQUESTED, irq)) {
		lines[irq].looks = 0;
		return;
	}
	if (++lines[irq].looks < MOST_LOOKS)
		return;
	device_irq_mask(irq);
	core_error("irq %u: the line never falls silent and is masked", irq);
}

/* A line of an 8259 and a message of a CPU may have the same number. */
static __attribute__((noinline)) void done_beside_pic(unsigned int irq)
{
	if (irq >= PIC_LINES ||
	    (have_lapic && lapic_holds(APIC_IN_SERVICE, irq)))
		lapic_eoi();
	else
		pic_line_done(irq);
}

/* Runs behind each interrupt: what is rare is elsewhere, and needs no frame. */
void device_irq_done(unsigned int irq)
{
	if (have_pic)
		done_beside_pic(irq);
	else if (irq < IOAPIC_GSIS && !--until_look[irq])
		look_at_line(irq);
	else
		lapic_eoi();
}
