/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Single cases at the limits of what a table can be, tried once before fuzzing.
 */
#ifndef FUZZ_ACPI_LIMITS_H
#define FUZZ_ACPI_LIMITS_H

#include <signal.h>
#include <sys/time.h>

#include "acpi_tables.h"

#define MOST_SECONDS	2

static void too_late(int signal)
{
	(void)signal;
	must(false, "work as a whole has an end");
}

/* Of the processor's time; no time at all ends the limit. */
static void limit_work(int seconds)
{
	const struct itimerval t = { .it_value.tv_sec = seconds };

	signal(SIGVTALRM, too_late);
	setitimer(ITIMER_VIRTUAL, &t, NULL);
}

/* Roots that would keep a guest busy for minutes */
static void check_endless_roots(void)
{
	const uint32_t length = 0x100000 - 4, entries = (length - 36) / 8;
	static uint8_t table[0x300000];
	struct acpi_fadt f = { .flags = 1 };
	uint32_t i;

	limit_work(MOST_SECONDS);
	for (i = 0; i < entries; i++)
		memcpy(table + 36 + 8 * i, &at[i + 1 < entries ? ROOT : FADT], 8);
	put_rsdp(2);
	put_table(ROOT, table, length);
	put_table(FADT, &f, sizeof(f));
	must(acpi_copy("FACP", &f, sizeof(f)) && f.flags == 1,
	     "a table behind a root that names itself is found");
	for (i = 0; i + 1 < entries; i++)
		memcpy(table + 36 + 8 * i, &at[DSDT], 8);
	put_table(ROOT, table, length);
	memset(table, 1, sizeof(table));
	put_table(DSDT, table, sizeof(table));
	memcpy(memory + at[DSDT], "FACP", 4);
	must(!acpi_copy("FACP", &f, sizeof(f)), "no wrong checksum is believed");
	must(errors == 1, "a line says that not all was looked at");
	limit_work(0);
}

/* The sum over no bytes at all is right. */
static void check_short_tables(void)
{
	static const uint8_t table[sizeof(struct acpi_header)];
	uint32_t length;

	for (length = 12; length < sizeof(table); length++) {
		put_table(FADT, table, length);
		must(!acpi_table(at[FADT], "FACP"), "a header is whole");
	}
}

/* Byte code that ends within the package, where memory does: there is no type */
static void check_cut_packages(void)
{
	static const uint8_t package[] = {
		'_', 'S', '5', '_', AML_PACKAGE, 0xc0, 0, 0, 0, 4, AML_BYTE, 5,
	};
	static uint8_t table[sizeof(struct acpi_header) + sizeof(package)];
	uint32_t cut, length;

	memcpy(table + sizeof(struct acpi_header), package, sizeof(package));
	for (cut = 0; cut <= sizeof(package); cut++) {
		length = (uint32_t)sizeof(table) - cut;
		at[DSDT] = ACPI_REACH_END - length;
		put_table(DSDT, table, length);
		must(soft_off_type(core_phys(at[DSDT])) == (cut ? -1 : 5),
		     "only a whole package has a type");
	}
}

static void check_reach(void)
{
	static const uint64_t nowhere[] = {
		0, 0xfff, ACPI_REACH_END - 0x3ff, ACPI_REACH_END,
		1UL << 40, -8UL, 0x100000, 0x14fc00, HPET_AT + 4,
	};
	struct acpi_address reg = { .address = HPET_AT };
	unsigned int i;

	must(acpi_registers(&reg, HPET_SIZE), "the HPET is within reach");
	for (i = 0; i < sizeof(nowhere) / sizeof(nowhere[0]); i++) {
		reg.address = nowhere[i];
		must(!acpi_registers(&reg, HPET_SIZE),
		     "no register is out of reach, askew or in the image");
		must(!acpi_table(nowhere[i], "FACP"), "nor is a table");
	}
}

#endif /* FUZZ_ACPI_LIMITS_H */
