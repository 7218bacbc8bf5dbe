/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Pages to and from Xen, many with one call. A run that is one large page of
 * the guest goes and comes as such, which keeps the host's large page whole;
 * if the host has none left, 512 small ones do.
 * Source: Xen, public/memory.h (XENMEM_decrease_reservation, populate_physmap).
 */
#include <plat/balloon.h>
#include <plat/core.h>
#include <plat/hypercall.h>
#include <plat/xen_memory.h>

static uint64_t frames[BALLOON_BATCH];

/* @return how many of the extents were done */
static uint64_t reservation(unsigned int op, uint64_t count,
			    unsigned int order)
{
	struct xen_memory_reservation r = {
		.extent_start = (uint64_t)frames,
		.nr_extents = count,
		.extent_order = order,
		.domid = DOMID_SELF,
	};
	const long done = hypercall2(HYPERCALL_MEMORY_OP, op, (uint64_t)&r);

	return done > 0 ? (uint64_t)done : 0;
}

static bool is_large(uint64_t count)
{
	uint64_t i;

	for (i = 0; i < count && frames[i] == frames[0] + i; i++)
		;
	return i == BALLOON_BATCH && !(frames[0] % BALLOON_BATCH);
}

/* The frames of all pages are listed. */
static bool release(uint64_t count)
{
	uint64_t done;

	if (is_large(count) &&
	    reservation(XENMEM_DECREASE_RESERVATION, 1, BALLOON_ORDER))
		return true;
	done = reservation(XENMEM_DECREASE_RESERVATION, count, 0);
	if (done < count && done &&
	    reservation(XENMEM_POPULATE_PHYSMAP, done, 0) < done)
		core_crash("memory: Xen took pages that it does not give back");
	return done == count;
}

static bool populate(uint64_t count)
{
	uint64_t done;

	if (is_large(count) &&
	    reservation(XENMEM_POPULATE_PHYSMAP, 1, BALLOON_ORDER))
		return true;
	done = reservation(XENMEM_POPULATE_PHYSMAP, count, 0);
	if (done < count)
		reservation(XENMEM_DECREASE_RESERVATION, done, 0);
	return done == count;
}

static uint64_t list(const struct balloon_run *run, bool touch)
{
	const uint64_t count = 1UL << run->order;
	uint64_t i;

	for (i = 0; i < count; i++)
		frames[i] = balloon_core_frame(run->at + i * PAGE_SIZE, touch);
	return count;
}

static uint64_t list_at(uint64_t start, uint64_t step, uint64_t count)
{
	uint64_t i;

	for (i = 0; i < count; i++)
		frames[i] = start / PAGE_SIZE + i * step;
	return count;
}

bool balloon_release(const struct balloon_run *run)
{
	return release(list(run, true));
}

bool balloon_populate(const struct balloon_run *run)
{
	return populate(list(run, false));
}

bool balloon_populate_at(uint64_t start, uint64_t pages)
{
	return populate(list_at(start, 1, pages));
}

uint64_t balloon_disclaim(uint64_t start, uint64_t pages)
{
	const uint64_t past = start / PAGE_SIZE % BALLOON_BATCH;
	uint64_t count = pages / BALLOON_BATCH;

	if (!past && count) {
		if (count > BALLOON_BATCH)
			count = BALLOON_BATCH;
		list_at(start, BALLOON_BATCH, count);
		return reservation(XENMEM_DECREASE_RESERVATION, count,
				   BALLOON_ORDER) * BALLOON_BATCH;
	}
	count = BALLOON_BATCH - past < pages ? BALLOON_BATCH - past : pages;
	list_at(start, 1, count);
	return reservation(XENMEM_DECREASE_RESERVATION, count, 0);
}
