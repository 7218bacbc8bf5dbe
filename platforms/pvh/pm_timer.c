/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/pm-timer/pm_timer.c. DO NOT EDIT. */
/*
 * 24 bits at 3.579545 MHz, at an I/O port that the FADT names.
 * Source: ACPI 6.5, 4.8.2.1
 */
#include <plat/acpi_registers.h>
#include <plat/tsc_frequency.h>
#include <plat/x86.h>

#define PM_TIMER_HZ	3579545
#define PM_TIMER_MASK	0xffffff

static uint16_t port;

static uint32_t pm_timer_read(void)
{
	return inl(port);
}

static uint64_t tsc_pm_timer_hz(void)
{
	const struct tsc_reference ref = {
		.hz = PM_TIMER_HZ,
		.mask = PM_TIMER_MASK,
		.read = pm_timer_read,
	};
	struct acpi_fadt fadt;

	if (!acpi_copy("FACP", &fadt, sizeof(fadt)) || !fadt.pm_timer ||
	    fadt.pm_timer > UINT16_MAX || (fadt.flags & FADT_HW_REDUCED))
		return 0;
	port = (uint16_t)fadt.pm_timer;
	return tsc_measure(&ref);
}

const struct tsc_frequency_source tsc_by_pm_timer = {
	.name = "PM timer",
	.hz = tsc_pm_timer_hz,
};
