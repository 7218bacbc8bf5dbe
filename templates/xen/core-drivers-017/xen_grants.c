/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Grants for releases whose grant table belongs to their own Xen platform.
 * Source: Xen, public/grant_table.h (version 1 of the table)
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <uk/init.h>
#include <uk/plat/lcpu.h>
#include <common/gnttab.h>
#include <xen-x86/mm.h>

#include <plat/core.h>
#include <plat/xen_guest.h>

unsigned long xen_page_of(const void *addr);
grant_ref_t xen_grant_page(domid_t domid, unsigned long page, int readonly);

#define FRAMES		8
#define ENTRIES		(FRAMES * PAGE_SIZE / sizeof(grant_entry_v1_t))
#define FIRST		GNTTAB_NR_RESERVED_ENTRIES

static volatile grant_entry_v1_t *table;

/* Free references, each with the next one; 0 ends the list. */
static uint16_t next_free[ENTRIES];
static grant_ref_t first_free;

static grant_ref_t grant_take(void)
{
	const unsigned long flags = ukplat_lcpu_save_irqf();
	const grant_ref_t ref = first_free;

	if (ref)
		first_free = next_free[ref];
	ukplat_lcpu_restore_irqf(flags);
	return ref;
}

static void grant_put(grant_ref_t ref)
{
	const unsigned long flags = ukplat_lcpu_save_irqf();

	next_free[ref] = (uint16_t)first_free;
	first_free = ref;
	ukplat_lcpu_restore_irqf(flags);
}

/* The flags go last: with them Xen takes the entry as valid. */
static void grant_fill(grant_ref_t ref, domid_t domid, unsigned long frame,
		 int readonly)
{
	const uint16_t flags =
		GTF_permit_access | (readonly ? GTF_readonly : 0);

	table[ref].frame = (uint32_t)frame;
	table[ref].domid = domid;
	__atomic_store_n(&table[ref].flags, flags, __ATOMIC_RELEASE);
}

/* Xen sets bits in the flags while the other domain uses the frame. */
static int grant_take_back(grant_ref_t ref)
{
	uint16_t flags = table[ref].flags;

	do {
		if (flags & (GTF_reading | GTF_writing))
			return 0;
	} while (!__atomic_compare_exchange_n(&table[ref].flags, &flags, 0,
					      false, __ATOMIC_SEQ_CST,
					      __ATOMIC_SEQ_CST));
	return 1;
}

grant_ref_t gnttab_grant_access(domid_t domid, unsigned long frame,
				int readonly)
{
	const grant_ref_t ref = grant_take();

	if (ref)
		grant_fill(ref, domid, frame, readonly);
	else
		core_error("grants: all %lu are in use", ENTRIES - FIRST);
	return ref;
}

int gnttab_update_grant(grant_ref_t ref, domid_t domid, unsigned long frame,
			int readonly)
{
	if (!grant_take_back(ref))
		return 0;
	grant_fill(ref, domid, frame, readonly);
	return 1;
}

int gnttab_end_access(grant_ref_t ref)
{
	if (!grant_take_back(ref)) {
		core_error("grants: %u is still in use", ref);
		return 0;
	}
	grant_put(ref);
	return 1;
}

/*
 * For 9pfront, which grants a ring of several pages by the frame of its first
 * one: compiled so that it counts in virtual pages, it gets each page's own.
 */
unsigned long xen_page_of(const void *addr)
{
	return (unsigned long)addr >> PAGE_SHIFT;
}

grant_ref_t xen_grant_page(domid_t domid, unsigned long page, int readonly)
{
	return gnttab_grant_access(domid, virt_to_mfn(page << PAGE_SHIFT),
				   readonly);
}

static int init_grants(struct uk_init_ctx *ctx __unused)
{
	grant_ref_t ref;

	if (!is_xen_guest())
		return 0;
	table = map_frames(NULL, FRAMES, NULL);
	for (ref = ENTRIES - 1; ref >= FIRST; ref--)
		grant_put(ref);
	return 0;
}

uk_plat_initcall_prio(init_grants, 0, UK_PRIO_EARLIEST);
