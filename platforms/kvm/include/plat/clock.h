/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/time/clock/include/plat/clock.h. DO NOT EDIT. */
#ifndef PLAT_CLOCK_H
#define PLAT_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#define NSEC_PER_SEC	1000000000UL

/* Instead of a time: the source cannot be read */
#define CLOCK_LOST	UINT64_MAX

struct clock_source {
	const char *name;
	bool (*init)(void);		/* false if it is not there */
	uint64_t (*monotonic)(void);	/* ns since a moment, or CLOCK_LOST */
	/** clock_monotonic() while one CPU runs, by clock_alone.h, or NULL */
	uint64_t (*alone)(void);
	/** ns since 1970 UTC, or CLOCK_LOST; NULL: it knows no date */
	uint64_t (*wall)(void);
	uint64_t wall_every;		/* ns for which a date read is kept */
	/** Whether all CPUs read the same time; NULL: they need not */
	bool (*stable)(void);
	void (*init_cpu)(void);		/* on each further CPU; may be NULL */
};

/** The machine's clocks, ended by NULL; see machine.c. */
extern const struct clock_source *const machine_clocks[];

/** A clock that only knows the date, for sources without `wall`. */
struct wall_clock {
	const char *name;
	bool (*read)(uint64_t *nsec);	/* ns since 1970 UTC; false: absent */
};

/** The machine's real-time clocks, ended by NULL; see machine.c. */
extern const struct wall_clock *const machine_wall_clocks[];

/** Picks the first clock that is there; stops the guest if none is. */
void clock_init(void);

/** On a CPU that begins: prepares the clock that was picked. */
void clock_init_cpu(void);

/* As the clock in use and the number of CPUs demand it */
extern uint64_t (*clock_reader)(void);

/**
 * Nanoseconds since clock_init(), never going back; 0 before it. If the clock
 * in use cannot be read any more, the next one that works replaces it.
 */
static inline uint64_t clock_monotonic(void)
{
	return clock_reader();
}

/**
 * Nanoseconds since 1970 UTC, or since clock_init() if nobody knows. Follows
 * the host's date within a second, also after a pause of the whole machine.
 */
uint64_t clock_wall(void);

/** The clock in use, for messages. */
const char *clock_name(void);

#endif /* PLAT_CLOCK_H */
