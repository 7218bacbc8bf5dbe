/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory without an allocator: all RAM up to a mark is free, what lies above it
 * was taken. So what is given back is what was taken last.
 */
#include <plat/balloon_bare.h>
#include <plat/balloon_core.h>
#include <plat/boot.h>
#include <plat/core.h>
#include <plat/page.h>

#define RANGES	16

static struct { uint64_t start, end; } range[RANGES];
static unsigned int count, top;		/* the mark is in range `top` */
static uint64_t mark;

static void learn(void)
{
	const struct boot_info *bi = core_boot_info();
	const struct memory_range *r = bi->map.range;
	unsigned int i;

	for (i = 0; !mark && i < bi->map.count; i++, r++) {
		if (r->kind != MEMORY_RAM || r->start >= bi->mapped_end ||
		    count == RANGES)
			continue;
		range[count].start = r->start;
		range[count++].end = r->end < bi->mapped_end ? r->end
							     : bi->mapped_end;
	}
	if (mark)
		return;
	top = count - 1;
	mark = range[top].end;
}

bool balloon_bare_range(unsigned int i, uint64_t *start, uint64_t *end)
{
	learn();
	if (i > top)
		return false;
	*start = range[i].start;
	*end = i == top ? mark : range[i].end;
	return true;
}

uint64_t balloon_core_free(void)
{
	uint64_t pages = 0, start, end;
	unsigned int i;

	for (i = 0; balloon_bare_range(i, &start, &end); i++)
		pages += (end - start) / PAGE_SIZE;
	return pages;
}

bool balloon_core_take(struct balloon_run *run, unsigned int order)
{
	learn();
	while (mark == range[top].start) {
		if (!top)
			return false;
		mark = range[--top].end;
	}
	while (mark % (PAGE_SIZE << order) ||
	       mark - range[top].start < PAGE_SIZE << order)
		order--;
	mark -= PAGE_SIZE << order;
	*run = (struct balloon_run){ (char *)mark, order };
	return true;
}

void balloon_core_give(const struct balloon_run *run)
{
	const uint64_t at = (uint64_t)run->at;

	while (at < range[top].start || at >= range[top].end)
		top++;
	if (mark != at && mark != range[top].start)
		core_crash("memory: 0x%lx comes back before what was taken later",
			   (unsigned long)at);
	mark = at + (PAGE_SIZE << run->order);
}

bool balloon_core_add(uint64_t start, uint64_t pages)
{
	const uint64_t end = start + pages * PAGE_SIZE;

	learn();
	if (start != mark) {
		if (count == RANGES)
			return false;
		top = count++;
		range[top].start = start;
	}
	range[top].end = end;
	mark = end;
	return true;
}

uint64_t balloon_core_frame(char *page, bool touch)
{
	(void)touch;
	return (uint64_t)page / PAGE_SIZE;
}
