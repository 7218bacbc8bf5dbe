/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/time/tsc-lapic/tsc_lapic.c. DO NOT EDIT. */
#include <stddef.h>

#include <plat/lapic.h>
#include <plat/lapic_rate.h>
#include <plat/tsc_frequency.h>

static uint64_t tsc_lapic_hz(void)
{
	const char *told_by;
	const struct tsc_reference ref = {
		.hz = lapic_timer_hz(&told_by),
		.mask = UINT32_MAX,
		.down = true,
		.read = lapic_timer_count,
	};
	uint64_t hz;

	if (!lapic_init())
		return 0;
	lapic_timer_start(UINT32_MAX);
	hz = tsc_measure(&ref);
	lapic_timer_start(0);
	return hz;
}

const struct tsc_frequency_source tsc_by_lapic_timer = {
	.name = "LAPIC timer",
	.hz = tsc_lapic_hz,
};
