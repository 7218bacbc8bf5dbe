/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the MADT and the MP table say of IOAPICs, built for the host and fed by
 * libFuzzer. Each table ends where its memory does. Whatever it says: registers
 * are touched where an IOAPIC can be, all pins of one that is used are masked,
 * and every line goes to a GSI that is served. What an honest table says of a
 * line holds.
 */
#include "ioapic_machine.h"

#define PCI_BUS		1
#define FIRST_ID	2
#define SECOND_ID	3

/* Where the MP table says that each pin of each PCI device goes; -1: nowhere */
static int pci_gsis[UINT8_MAX + 1];

static void expect_pci_line(const struct mp_interrupt *e)
{
	const int gsi = e->pin + (e->ioapic == SECOND_ID ? PINS : 0);

	if (e->bus == PCI_BUS && pci_gsis[e->source] < 0 &&
	    (e->ioapic == FIRST_ID || e->ioapic == SECOND_ID))
		pci_gsis[e->source] = gsi;
}

/* Two buses, two IOAPICs, and lines that may go anywhere */
static void place_wild_lines(struct input *in)
{
	static const struct mp_bus buses[] = {
		{ MP_BUS, 0, "ISA   " }, { MP_BUS, PCI_BUS, "PCI   " },
	};
	static const struct mp_ioapic apics[] = {
		{ MP_IOAPIC, FIRST_ID, 0x11, MP_IOAPIC_ENABLED, FIRST_AT },
		{ MP_IOAPIC, SECOND_ID, 0x11, MP_IOAPIC_ENABLED, SECOND_AT },
	};
	uint8_t text[sizeof(struct mp_table) + sizeof(buses) + sizeof(apics) +
		     MOST_LINES * sizeof(struct mp_interrupt)] = { 0 };
	struct mp_interrupt e = { .type = MP_INTERRUPT };
	uint8_t *to = text + sizeof(struct mp_table);

	memcpy(to, buses, sizeof(buses));
	memcpy(to + sizeof(buses), apics, sizeof(apics));
	to += sizeof(buses) + sizeof(apics);
	while (in->left && to < text + sizeof(text)) {
		e.flags = (uint16_t)take(in, 1);
		e.bus = (uint8_t)(take(in, 1) % 2);
		e.source = (uint8_t)take(in, 1);
		e.ioapic = (uint8_t)(take(in, 1) % 4);
		e.pin = (uint8_t)take(in, 1);
		expect_pci_line(&e);
		memcpy(to, &e, sizeof(e));
		to += sizeof(e);
	}
	place_mp_table(text, (size_t)(to - text));
}

static struct ioapic_line expected(unsigned int irq, unsigned int flags,
				   unsigned int gsi)
{
	static const unsigned int lows[] = { 0, 0, 0, IOAPIC_LOW };
	static const unsigned int levels[] = { 0, 0, 0, IOAPIC_LEVEL };

	must(irq < IOAPIC_ISA_LINES, "a line of ISA");
	return (struct ioapic_line){
		.gsi = (uint8_t)gsi,
		.how = (uint8_t)(lows[flags & 3] | levels[flags >> 2 & 3]),
	};
}

/* A MADT of two IOAPICs with one line elsewhere, honest if their pins differ */
static struct ioapic_line two_ioapics(struct input *in, uint32_t second_base,
				      uint8_t *to, unsigned int *irq)
{
	const struct madt_ioapic first = {
		.entry = { MADT_IOAPIC, sizeof(first) }, .address = FIRST_AT,
	}, second = {
		.entry = { MADT_IOAPIC, sizeof(second) }, .address = SECOND_AT,
		.gsi_base = second_base,
	};
	const struct madt_override o = {
		.entry = { MADT_OVERRIDE, sizeof(o) },
		.source = (uint8_t)(take(in, 1) % IOAPIC_ISA_LINES),
		.gsi = (uint32_t)take(in, 1) % IOAPIC_GSIS,
		.flags = (uint16_t)(take(in, 1) % 16),
	};

	memcpy(to, &first, sizeof(first));
	memcpy(to + sizeof(first), &second, sizeof(second));
	memcpy(to + sizeof(first) + sizeof(second), &o, sizeof(o));
	*irq = o.source;
	return expected(o.source, o.flags, o.gsi);
}

#define HONEST_SIZE	(2 * sizeof(struct madt_ioapic) + \
			 sizeof(struct madt_override))

static void check_lines(void)
{
	unsigned int i, pin;

	for (i = 0; i < IOAPIC_GSIS; i++)
		must(ioapic_lines[i].gsi < IOAPIC_GSIS, "a GSI is served");
	for (i = 0; i < count; i++)
		for (pin = 0; pin < PINS; pin++)
			must(model_at(ioapics[i].paddr)->low[pin] & PIN_MASKED,
			     "no pin was left open");
	for (i = 1; i < count; i++)
		must(ioapics[i].gsi_base >= ioapics[0].gsi_base + PINS ||
		     ioapics[0].gsi_base >= ioapics[i].gsi_base + PINS,
		     "a GSI has one pin");
	must(!count || boot_cpu_lint0 == LINT0_MASKED, "the 8259 is cut off");
}

static void check_pci_lines(void)
{
	unsigned int source;
	int line, gsi;

	for (source = 0; source < 128; source++) {
		gsi = pci_gsis[source];
		line = ioapic_mp_line(PCI_BUS, (uint8_t)(source >> 2),
				      source & 3);
		if (gsi < 0)
			must(line < 0, "what the table does not name is nowhere");
		else
			must(line < 0 ? gsi >= IOAPIC_GSIS ||
			     ioapic_lines[gsi].gsi != gsi :
			     ioapic_lines[line].gsi == gsi,
			     "a pin of a PCI device goes where the table says");
		must(ioapic_mp_line(PCI_BUS + 1, (uint8_t)(source >> 2),
				    source & 3) < 0, "another bus has none");
	}
}

/* What the DSDT says holds where the tables say nothing. */
static void check_wiring(unsigned int irq, unsigned int how)
{
	const struct ioapic_line before = ioapic_lines[irq];

	ioapic_wire(irq, how);
	must(ioapic_lines[irq].gsi == before.gsi &&
	     ioapic_lines[irq].how == (before.told ? before.how : how),
	     "a line is as the DSDT says, unless a table of interrupts says it");
	ioapic_wire(IOAPIC_GSIS, how);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	const unsigned int kind = (unsigned int)take(&in, 1) % 5;
	struct ioapic_line line = { 0 };
	unsigned int irq = 0, pin, i;
	size_t length = sizeof(*madt_block) + HONEST_SIZE;

	memory = calloc(1, LOW_MEMORY);
	madt_block = NULL;
	found_madt = NULL;
	madt_searched = false;
	mp = (struct mp_reader){ 0 };
	memset(pci_gsis, 0xff, sizeof(pci_gsis));
	count = tries = 0;
	boot_cpu_lint0 = LINT0_EXTINT;
	for (i = 0; i < 2; i++)
		for (pin = 0; pin < PINS; pin++)
			models[i].low[pin] = OPEN_PIN;
	if (kind == 0 && in.left >= sizeof(struct mp_table) &&
	    in.left <= UINT16_MAX) {
		place_mp_table(in.at, in.left);
	} else if (kind == 3) {
		place_wild_lines(&in);
	} else if (kind) {
		if (kind == 1 && in.left >= sizeof(*madt_block))
			length = in.left;
		madt_block = calloc(1, length);
		if (kind == 1 && in.left >= sizeof(*madt_block))
			memcpy(madt_block, in.at, in.left);
		else
			line = two_ioapics(&in, kind == 4 ? take(&in, 1) : PINS,
					   (uint8_t *)(madt_block + 1), &irq);
		madt_block->header.length = (uint32_t)length;
	}
	ioapic.init();
	check_lines();
	must(kind != 3 || count == 2, "the MP table is found");
	if (kind == 3)
		check_pci_lines();
	must(kind != 2 || ioapic_lines[irq].told, "an override is noted");
	check_wiring((unsigned int)take(&in, 1) % IOAPIC_GSIS,
		     (unsigned int)take(&in, 1) % 4);
	if (kind == 2)
		check_wiring(irq, (unsigned int)take(&in, 1) % 4);
	if (kind == 2) {
		must(count == 2, "both are found");
		must(ioapic_lines[irq].gsi == line.gsi &&
		     ioapic_lines[irq].how == line.how,
		     "an override holds");
		must(ioapic_route(line.gsi, 77, 1, line.how), "the pin exists");
		pin = line.gsi % PINS;
		i = line.gsi / PINS;
		must(models[i].low[pin] ==
		     (77 | PIN_MASKED |
		      (line.how & IOAPIC_LOW ? PIN_ACTIVE_LOW : 0) |
		      (line.how & IOAPIC_LEVEL ? PIN_LEVEL : 0)) &&
		     models[i].high[pin] == BOOT_APIC_ID << 24,
		     "the pin is as the line is");
		ioapic_unmask(line.gsi);
		must(!(models[i].low[pin] & PIN_MASKED), "it is open");
		ioapic_mask(line.gsi);
		must(models[i].low[pin] & PIN_MASKED, "it is shut");
	}
	free(madt_block);
	free(memory);
	return 0;
}
