/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/balloon/balloon_ledger.c. DO NOT EDIT. */
/*
 * Which runs the core has lent. What is given back cannot hold a note itself,
 * so the notes are in pages of their own: one for some 500 runs.
 */
#include <stddef.h>

#include <plat/balloon.h>

#define NOTES	(PAGE_SIZE / 8 - 2)

/* A note is the run's address, which is a page's, and its order. */
struct sheet {
	struct sheet *below;
	uint64_t count;
	uint64_t note[NOTES];
};

_Static_assert(sizeof(struct sheet) == PAGE_SIZE, "a sheet is a page");

static struct sheet *sheet;
static uint64_t pages;

static bool add_sheet(void)
{
	struct balloon_run run;
	struct sheet *s;

	if (!balloon_core_take(&run, 0))
		return false;
	s = (struct sheet *)run.at;
	s->below = sheet;
	s->count = 0;
	sheet = s;
	return true;
}

bool balloon_ledger_push(const struct balloon_run *run)
{
	if ((!sheet || sheet->count == NOTES) && !add_sheet())
		return false;
	sheet->note[sheet->count++] = (uint64_t)run->at | run->order;
	pages += 1UL << run->order;
	return true;
}

bool balloon_ledger_top(struct balloon_run *run)
{
	uint64_t note;

	if (!sheet)
		return false;
	note = sheet->note[sheet->count - 1];
	run->order = (unsigned int)(note % PAGE_SIZE);
	run->at = (char *)(note - run->order);
	return true;
}

void balloon_ledger_pop(void)
{
	struct balloon_run run = { (char *)sheet, 0 };
	struct balloon_run top;

	if (!balloon_ledger_top(&top))
		return;
	pages -= 1UL << top.order;
	if (--sheet->count)
		return;
	sheet = sheet->below;
	balloon_core_give(&run);
}

uint64_t balloon_ledger_pages(void)
{
	return pages;
}
