/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/acpi-power/acpi_power.c. DO NOT EDIT. */
/*
 * The sleep type of "soft off" stands in the DSDT as the package \_S5. Its
 * byte code is simple enough to be found without an interpreter: the name, the
 * package opcode, its length, the element count, then the first integer.
 * Source: ACPI 6.5, 7.4.2 (\_Sx), 20.2 (AML), 4.8.3.7 and 4.8.3.6 (registers).
 */
#include <stddef.h>

#include <plat/acpi.h>
#include <plat/acpi_registers.h>
#include <plat/power.h>
#include <plat/x86.h>

#define AML_NAME		"_S5_"
#define AML_NAME_SIZE		4
#define AML_PACKAGE		0x12
#define AML_ZERO		0x00
#define AML_ONE			0x01
#define AML_BYTE		0x0a
#define AML_SHORTEST		(AML_NAME_SIZE + 4)
#define MAX_SLEEP_TYPE		7
#define SLEEP_ENABLE		(1U << 13)
#define SLEEP_TYPE_SHIFT	10
#define HW_SLEEP_ENABLE		(1U << 5)
#define HW_SLEEP_TYPE_SHIFT	2

/* TSC ticks: some tenths of a second at any rate */
#define HOST_ACTS_TICKS		(1UL << 30)

/* The first integer of the package that begins here, if there is one */
static int package_type(const uint8_t *p, size_t left)
{
	size_t at;
	unsigned int i;

	for (i = 0; i < AML_NAME_SIZE; i++)
		if (p[i] != (uint8_t)AML_NAME[i])
			return -1;
	if (p[i++] != AML_PACKAGE)
		return -1;
	/* The two top bits count the length's further bytes. */
	at = i + 1 + (p[i] >> 6) + 1;
	if (at < left && (p[at] == AML_ZERO || p[at] == AML_ONE))
		return p[at];
	if (at + 1 < left && p[at] == AML_BYTE && p[at + 1] <= MAX_SLEEP_TYPE)
		return p[at + 1];
	return -1;
}

static int soft_off_type(const struct acpi_header *dsdt)
{
	const uint8_t *p = (const uint8_t *)(dsdt + 1);
	size_t left = dsdt->length - sizeof(*dsdt);
	int type = -1;

	for (; type < 0 && left >= AML_SHORTEST; p++, left--)
		type = package_type(p, left);
	return type;
}

static void soft_off(const struct acpi_fadt *fadt)
{
	const struct acpi_header *dsdt = acpi_dsdt(fadt);
	const int type = dsdt ? soft_off_type(dsdt) : -1;

	if (type < 0)
		return;
	if (fadt->flags & FADT_HW_REDUCED)
		acpi_write8(&fadt->sleep_control,
			    (uint8_t)(type << HW_SLEEP_TYPE_SHIFT |
				      HW_SLEEP_ENABLE));
	else if (fadt->pm1a_control && fadt->pm1a_control <= UINT16_MAX)
		outw((uint16_t)fadt->pm1a_control,
		     (uint16_t)(type << SLEEP_TYPE_SHIFT | SLEEP_ENABLE));
}

/*
 * A host may act late on the write, and the next method of ending would
 * overrule it: QEMU then reports a reset although the guest asked for power
 * off.
 */
static void give_host_time(void)
{
	const uint64_t begin = rdtsc();

	while (rdtsc() - begin < HOST_ACTS_TICKS)
		__builtin_ia32_pause();
}

static void acpi_end(enum power_end how)
{
	struct acpi_fadt fadt;

	if (!acpi_copy("FACP", &fadt, sizeof(fadt)))
		return;
	/* A crash that no other method could report at least ends the guest. */
	if (how != POWER_REBOOT)
		soft_off(&fadt);
	else if (fadt.flags & FADT_RESET_SUPPORTED)
		acpi_write8(&fadt.reset, fadt.reset_value);
	give_host_time();
}

const struct power_method acpi_power = {
	.name = "ACPI",
	.end = acpi_end,
};
