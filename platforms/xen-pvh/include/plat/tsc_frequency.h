/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/time/tsc-clock/include/plat/tsc_frequency.h. DO NOT EDIT. */
#ifndef PLAT_TSC_FREQUENCY_H
#define PLAT_TSC_FREQUENCY_H

#include <stdbool.h>
#include <stdint.h>

struct tsc_frequency_source {
	const char *name;
	uint64_t (*hz)(void);		/* 0 if this source does not know */
};

/** Ways to learn the TSC's rate, ended by NULL; see machine.c. */
extern const struct tsc_frequency_source *const machine_tsc_frequencies[];

/** The TSC's rate in Hz, by the first source with a plausible one; else 0. */
uint64_t tsc_frequency(const char **source);

/** A counter of known rate to measure the TSC against. */
struct tsc_reference {
	uint64_t hz;
	uint32_t mask;			/* bits that count */
	bool down;			/* counts down */
	uint32_t (*read)(void);
};

/**
 * Measures the TSC for 0.11 ms, longer only where reading the counter is so
 * slow that the error could exceed 200 ppm, 20 ms at most.
 * @return Hz, or 0 if the counter stands still
 */
uint64_t tsc_measure(const struct tsc_reference *ref);

#endif /* PLAT_TSC_FREQUENCY_H */
