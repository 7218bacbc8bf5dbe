/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A new domain's grant table is empty but for the first entries, which the host
 * fills. Drivers keep the numbers of their entries: each returns to its place.
 * Source: Xen, public/grant_table.h (version 1 of the table)
 */
#include <stddef.h>
#include <stdint.h>

#include <plat/core.h>
#include <plat/grant_window.h>
#include <plat/page.h>
#include <plat/xen_devices.h>

#define FRAMES		8	/* the most that a release of Unikraft uses */
#define HOST_HAS	8
#define IN_USE		0x18	/* the peer reads or writes: Xen's bits */

struct grant {
	uint16_t flags;
	uint16_t domid;
	uint32_t frame;
};

_Static_assert(sizeof(struct grant) == 8, "grant_entry_v1");

#define PER_FRAME	(PAGE_SIZE / sizeof(struct grant))

static struct grant kept[FRAMES * PER_FRAME];

static volatile struct grant *table(void)
{
	return core_phys(grant_window);
}

static uint32_t entries(void)
{
	return grant_window_used * (uint32_t)PER_FRAME;
}

bool xen_grants_overflow(void)
{
	return grant_window_used > FRAMES;
}

void xen_grants_keep(void)
{
	uint32_t i;

	for (i = HOST_HAS; i < entries(); i++)
		kept[i] = table()[i];
}

/*
 * The flags go last: with them Xen takes the entry as valid. An entry for
 * another domain than dom0 is left out: its number may be somebody else's now.
 */
void xen_grants_put(void)
{
	volatile struct grant *entry;
	uint32_t i;

	for (i = HOST_HAS; i < entries(); i++) {
		if (kept[i].domid)
			continue;
		entry = table() + i;
		entry->domid = kept[i].domid;
		entry->frame = kept[i].frame;
		__atomic_store_n(&entry->flags,
				 (uint16_t)(kept[i].flags & ~IN_USE),
				 __ATOMIC_RELEASE);
	}
}

volatile void *xen_grant_page_at(uint32_t ref)
{
	if (ref >= entries() || !table()[ref].flags)
		return NULL;
	return core_phys((uint64_t)table()[ref].frame * PAGE_SIZE);
}
