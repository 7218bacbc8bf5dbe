/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/clock/clock.c. DO NOT EDIT. */
#include <stddef.h>

#include <plat/clock.h>
#include <plat/core.h>

static const struct clock_source *source;
static uint64_t start;
static uint64_t last;
static uint64_t wall_offset;
static bool wall_known;

void clock_init(void)
{
	unsigned int i;

	for (i = 0; machine_clocks[i]; i++)
		if (machine_clocks[i]->init())
			break;
	if (!machine_clocks[i])
		core_crash("clock: none of this machine's clocks is there");
	start = machine_clocks[i]->monotonic();
	source = machine_clocks[i];
}

void clock_init_cpu(void)
{
	if (source && source->init_cpu)
		source->init_cpu();
}

uint64_t clock_monotonic(void)
{
	uint64_t now, seen;

	if (!source)
		return 0;
	now = source->monotonic() - start;

	/*
	 * A reader on another CPU, or a host that moved this one, may be a
	 * few ns ahead: whoever is behind reports the latest time told.
	 */
	seen = __atomic_load_n(&last, __ATOMIC_RELAXED);
	do {
		if (now <= seen)
			return seen;
	} while (!__atomic_compare_exchange_n(&last, &seen, now, true,
					      __ATOMIC_RELAXED,
					      __ATOMIC_RELAXED));
	return now;
}

/*
 * The first asker pays for finding out: reading a real-time clock is slow,
 * and many guests never want to know the date.
 */
static uint64_t find_wall_offset(void)
{
	uint64_t wall;
	unsigned int i;

	if (source->wall)
		return source->wall() - clock_monotonic();
	for (i = 0; machine_wall_clocks[i]; i++)
		if (machine_wall_clocks[i]->read(&wall))
			return wall - clock_monotonic();
	return 0;
}

uint64_t clock_wall(void)
{
	if (!source)
		return 0;
	if (!wall_known) {
		wall_offset = find_wall_offset();
		wall_known = true;
	}
	return wall_offset + clock_monotonic();
}

const char *clock_name(void)
{
	return source ? source->name : "none";
}
