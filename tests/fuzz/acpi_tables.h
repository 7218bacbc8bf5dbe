/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The machine that ACPI's readers see here: 4 GiB of memory with tables in it, and
 * ports that keep what was written. Included once, together with the readers.
 */
#ifndef FUZZ_ACPI_TABLES_H
#define FUZZ_ACPI_TABLES_H

#include "feeder.h"

/* As one unit, so that each run can begin with fresh data */
#include <pc/acpi/acpi.c>
#include <pc/acpi-registers/acpi_registers.c>
#include <pc/acpi-power/acpi_power.c>
#include <pc/hpet/hpet.c>
#include <pc/pm-timer/pm_timer.c>

#define RSDP_AT		0x200001UL
#define SLOT		0x300000UL	/* + one table's number in MiB */
#define HPET_AT		0xfed00000UL
#define REGISTER_AT	0x800000UL

enum { ROOT, FADT, DSDT, HPET, TABLES };

uint64_t boot_rsdp;

static uint8_t *memory;
static uint64_t at[TABLES];
static struct { uint16_t port, value; } out;
static unsigned int outs, errors;
static uint64_t told_hz;
static const char *names[] = { "XSDT", "FACP", "DSDT", "HPET" };

uint64_t rdtsc(void)
{
	static uint64_t ticks;

	return ticks += HOST_ACTS_TICKS / 4;
}

uint32_t inl(uint16_t from)
{
	must(from, "a port is read that was told");
	return 7;
}

void outw(uint16_t to, uint16_t v)
{
	out.port = to;
	out.value = v;
	outs++;
}

void outb(uint16_t to, uint8_t v)
{
	outw(to, v);
}

void core_error(const char *fmt, ...)
{
	must(fmt[0], "a message says something");
	errors++;
}

void *core_phys(uint64_t paddr)
{
	return memory + paddr;
}

uint64_t tsc_measure(const struct tsc_reference *ref)
{
	(void)ref->read();
	return told_hz = ref->hz;
}

static void sum_up(uint64_t table, uint32_t length)
{
	uint8_t *p = memory + table, sum = 0;
	uint32_t i;

	p[9] = 0;
	for (i = 0; i < length; i++)
		sum = (uint8_t)(sum + p[i]);
	p[9] = (uint8_t)-sum;
}

static void put_table(unsigned int which, const void *content, uint32_t length)
{
	uint8_t *p = memory + at[which];

	memcpy(p, content, length);
	memcpy(p, names[which], 4);
	memcpy(p + 4, &length, 4);
	sum_up(at[which], length);
}

static void put_rsdp(uint8_t revision)
{
	struct rsdp *r = (void *)(memory + RSDP_AT);
	uint8_t sum = 0;
	unsigned int i;

	memset(r, 0, sizeof(*r));
	memcpy(r->signature, "RSD PTR ", 8);
	r->revision = revision;
	r->rsdt = (uint32_t)at[ROOT];
	r->length = sizeof(*r);
	r->xsdt = at[ROOT];
	for (i = 0; i < RSDP_V1_SIZE; i++)
		sum = (uint8_t)(sum + ((uint8_t *)r)[i]);
	r->checksum = (uint8_t)-sum;
}

/* Byte code without the name, but for one package where the caller wants it */
static int put_dsdt(struct input *in, uint8_t *p, uint32_t length, uint8_t how)
{
	const uint8_t further = how >> 6, type = how & 7;
	uint8_t package[16] = { '_', 'S', '5', '_', AML_PACKAGE };
	uint32_t i, size = 7U + further, start;

	package[5] = (uint8_t)(further << 6);
	if (type > 1 || (how & 8))
		package[size++] = AML_BYTE;
	package[size++] = type;
	for (i = 36; i < length; i++) {
		p[i] = (uint8_t)take(in, 1);
		if (p[i] == '_' && !(how & 16))
			p[i] = 'x';
	}
	if ((how & 32) || length < 36 + size)
		return -1;
	start = length - size - (uint32_t)take(in, 1) % (length - 35 - size);
	memcpy(p + start, package, size);
	return type;
}

/* A field or a byte that lies: what must hold then, must hold in any case */
static void put_lies(struct input *in, const uint32_t lengths[])
{
	unsigned int which;
	uint64_t where;

	while (in->left) {
		which = (unsigned int)take(in, 1);
		if (which & 0x80) {
			memory[RSDP_AT + which % sizeof(struct rsdp)] =
				(uint8_t)take(in, 1);
			continue;
		}
		where = at[which % TABLES];
		memory[where + take(in, 2) % lengths[which % TABLES]] =
			(uint8_t)take(in, 1);
		if (which & 0x40)
			sum_up(where, lengths[which % TABLES]);
	}
}

#endif /* FUZZ_ACPI_TABLES_H */
