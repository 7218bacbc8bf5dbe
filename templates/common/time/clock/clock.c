/* SPDX-License-Identifier: BSD-3-Clause */
#include <stddef.h>

#include <plat/clock.h>
#include <plat/clock_alone.h>
#include <plat/core.h>
#include <plat/x86.h>

#define MAX_CLOCKS	8

/* A stable clock leaves a mark of the time this often, in ns. */
#define MARK_NSEC	1000000UL

/* How long a date that is slow to read is kept, and its accuracy, in ns */
#define SLOW_WALL_EVERY	NSEC_PER_SEC
#define SLOW_WALL_EXACT	(2 * (int64_t)NSEC_PER_SEC)

struct running {
	const struct clock_source *source;
	uint64_t start;
};

static uint64_t read_nothing(void)
{
	return 0;
}

static struct running clocks[MAX_CLOCKS];
static const struct running *current;
uint64_t (*clock_reader)(void) = read_nothing;
static bool changing;

/* For a stable clock of many CPUs, `clock_last` is a time not long ago. */
uint64_t clock_start, clock_last;
static bool many_cpus;

static uint64_t wall_offset, wall_read;
static bool wall_known, wall_busy;

static uint64_t read_with_care(void);

/* The reader follows the clock: in between, the new one is read with care. */
static void use(const struct running *r)
{
	__atomic_store_n(&clock_reader, read_with_care, __ATOMIC_RELEASE);
	__atomic_store_n(&current, r, __ATOMIC_RELEASE);
	clock_start = r->start;
	if (!many_cpus && r->source->alone)
		__atomic_store_n(&clock_reader, r->source->alone,
				 __ATOMIC_RELEASE);
}

/* Uses the first clock from number `i` on that works, with `at` as its time. */
static bool use_clock(unsigned int i, uint64_t at)
{
	const struct clock_source *source;
	uint64_t now;

	for (; i < MAX_CLOCKS && (source = machine_clocks[i]); i++) {
		/* Other CPUs are not asked to prepare another clock. */
		if ((many_cpus && source->init_cpu) || !source->init())
			continue;
		now = source->monotonic();
		if (now == CLOCK_LOST)
			continue;
		clocks[i] = (struct running){ source, now - at };
		use(&clocks[i]);
		return true;
	}
	return false;
}

void clock_init(void)
{
	if (!use_clock(0, 0))
		core_crash("clock: none of this machine's clocks works");
}

void clock_init_cpu(void)
{
	many_cpus = true;
	if (current)
		__atomic_store_n(&clock_reader, read_with_care,
				 __ATOMIC_RELEASE);
	if (current && current->source->init_cpu)
		current->source->init_cpu();
}

/* Time stands still while one CPU looks for another clock. */
static __attribute__((noinline)) uint64_t go_on(const struct running *lost)
{
	const char *name = lost->source->name;

	if (__atomic_exchange_n(&changing, true, __ATOMIC_ACQUIRE))
		return clock_last;
	if (current == lost) {
		if (!use_clock((unsigned int)(lost - clocks) + 1,
			       clock_last + MARK_NSEC))
			core_crash("clock: %s cannot be read any more and there is no other",
				   name);
		core_error("clock: %s cannot be read any more, using %s",
			   name, current->source->name);
	}
	__atomic_store_n(&changing, false, __ATOMIC_RELEASE);
	return clock_last;
}

uint64_t clock_lost(void)
{
	return go_on(current);
}

/*
 * Another CPU may be a few ns ahead, or this one before its host moved it. If
 * the latest time changes (1) before the exchange, the exchange fails and
 * `seen` is the new value: the later one of both times is returned; (2) after
 * it, whoever changes it has compared with the time of this CPU.
 */
static __attribute__((noinline)) uint64_t agree(uint64_t now, uint64_t seen)
{
	while (!__atomic_compare_exchange_n(&clock_last, &seen, now, true,
					    __ATOMIC_RELAXED,
					    __ATOMIC_RELAXED))
		if (now <= seen)
			return seen;
	return now;
}

/* One CPU, or a clock that is stable, needs no locked instruction. */
static uint64_t read_with_care(void)
{
	const struct running *r = __atomic_load_n(&current, __ATOMIC_ACQUIRE);
	uint64_t now, seen;

	now = r->source->monotonic();
	if (now == CLOCK_LOST)
		return go_on(r);
	now -= r->start;
	/* Another CPU's time may lie before the start. */
	if ((int64_t)now < 0)
		now = 0;
	seen = __atomic_load_n(&clock_last, __ATOMIC_RELAXED);
	if (now <= seen)
		return seen;
	if (many_cpus) {
		if (!r->source->stable || !r->source->stable())
			return agree(now, seen);
		if (now - seen < MARK_NSEC)
			return now;
	}
	__atomic_store_n(&clock_last, now, __ATOMIC_RELAXED);
	return now;
}

static bool read_wall(const struct clock_source *source, uint64_t *wall)
{
	unsigned int i;

	if (source->wall) {
		*wall = source->wall();
		return *wall != CLOCK_LOST;
	}
	for (i = 0; machine_wall_clocks[i]; i++)
		if (machine_wall_clocks[i]->read(wall))
			return true;
	return false;
}

/* A real-time clock has whole seconds: differences below that are no jump. */
static void look_at_date(const struct clock_source *source)
{
	const uint64_t flags = irq_save();
	uint64_t wall, offset;
	int64_t apart;

	if (!__atomic_exchange_n(&wall_busy, true, __ATOMIC_ACQUIRE)) {
		if (read_wall(source, &wall)) {
			offset = wall - clock_monotonic();
			apart = (int64_t)(offset - wall_offset);
			if (source->wall || apart > SLOW_WALL_EXACT ||
			    apart < -SLOW_WALL_EXACT)
				wall_offset = offset;
		}
		wall_read = clock_monotonic();
		wall_known = true;
		__atomic_store_n(&wall_busy, false, __ATOMIC_RELEASE);
	}
	irq_restore(flags);
}

/*
 * The first asker pays for finding out: reading a real-time clock is slow, and
 * many guests never want to know the date.
 */
uint64_t clock_wall(void)
{
	const struct clock_source *source;
	uint64_t now, every;

	if (!current)
		return 0;
	now = clock_monotonic();
	source = current->source;
	every = source->wall ? source->wall_every : SLOW_WALL_EVERY;
	do {
		if (!wall_known || now - wall_read >= every)
			look_at_date(source);
	} while (!__atomic_load_n(&wall_known, __ATOMIC_ACQUIRE));
	return wall_offset + clock_monotonic();
}

const char *clock_name(void)
{
	return current ? current->source->name : "none";
}
