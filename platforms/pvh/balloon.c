/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/balloon/balloon.c. DO NOT EDIT. */
/*
 * The guest may have as much memory as its map shows (memory/static-max), and
 * shall have as much as the host says (memory/target). The difference is
 * absent. What was absent at boot beyond that stays so: pages that the
 * toolstack counts and the map does not show.
 */
#include <plat/balloon.h>
#include <plat/core.h>

/* The application keeps this much to live on. */
#define FLOOR_KIB	4096

/*
 * What is absent beyond the difference is less, unless the target has changed
 */
#define SLACK_MAX	256

static uint64_t followed;	/* the target that is or was worked on */
static int64_t slack;		/* pages */
static uint64_t told;		/* what was absent when we last spoke of it */
static bool busy, refused;

static uint64_t absent(void)
{
	return balloon_ledger_pages() + balloon_spare_pages();
}

static uint64_t wanted(void)
{
	const int64_t pages = (int64_t)((balloon_max - followed) /
					BALLOON_KIB_PER_PAGE) + slack;

	return pages > 0 ? (uint64_t)pages : 0;
}

static unsigned long present_kib(void)
{
	return (unsigned long)(balloon_max -
			       (uint64_t)((int64_t)absent() - slack) *
			       BALLOON_KIB_PER_PAGE);
}

static void hand_over(void)
{
	if (!balloon_spare_hand_over())
		core_error("memory: the core's allocator takes no further memory");
}

static void settle(void)
{
	busy = false;
	hand_over();
	if (absent() != told)
		core_log("memory: %lu KiB of %lu KiB", present_kib(),
			 (unsigned long)balloon_max);
	told = absent();
}

/* The first target is what the guest was built with, unless it came late. */
static void learn_slack(void)
{
	int64_t more;

	balloon_spare_init();
	told = absent();
	more = (int64_t)absent() - (int64_t)((balloon_max - followed) /
					     BALLOON_KIB_PER_PAGE);
	if (more > -SLACK_MAX && more < SLACK_MAX)
		slack = more;
}

static void follow(uint64_t target)
{
	const bool first = !followed;
	uint64_t lack;

	if (target != followed)
		refused = false;
	/* What has come by now is free for the new target, too. */
	hand_over();
	followed = target < balloon_max ? target : balloon_max;
	if (first)
		learn_slack();
	lack = wanted() > absent() ? wanted() - absent() : 0;
	busy = wanted() != absent();
	if (lack && lack + FLOOR_KIB / BALLOON_KIB_PER_PAGE >
	    balloon_core_free()) {
		core_error("memory: %lu KiB are too few, the guest keeps %lu KiB",
			   (unsigned long)followed, present_kib());
		busy = false;
	}
}

static void shrink(uint64_t pages)
{
	struct balloon_run run;
	unsigned int order = BALLOON_ORDER;

	while (1UL << order > pages)
		order--;
	if (!balloon_core_take(&run, order)) {
		core_error("memory: no more pages are free to be given back");
		settle();
	} else if (!balloon_release(&run)) {
		balloon_core_give(&run);
		core_error("memory: Xen does not take pages back");
		settle();
	} else if (!balloon_ledger_push(&run)) {
		if (balloon_populate(&run))
			balloon_core_give(&run);
		core_error("memory: no page is free to note what is given back");
		settle();
	}
}

static void host_has_none(void)
{
	if (!refused)
		core_error("memory: the host has no more for this guest now");
	refused = true;
	settle();
	balloon_try_later();
}

static void grow(uint64_t pages)
{
	struct balloon_run run;

	if (!balloon_ledger_top(&run)) {
		if (!balloon_spare_populate(pages))
			host_has_none();
	} else if (1UL << run.order > pages) {
		/* A run comes back as a whole. */
		settle();
	} else if (!balloon_populate(&run)) {
		host_has_none();
	} else {
		balloon_ledger_pop();
		balloon_core_give(&run);
	}
}

bool balloon_step(void)
{
	uint64_t target;

	if (balloon_heard(&target))
		follow(target);
	if (!busy)
		return false;
	if (balloon_spare_disclaim())
		return true;
	if (wanted() > absent())
		shrink(wanted() - absent());
	else if (wanted() < absent())
		grow(absent() - wanted());
	else
		settle();
	return busy;
}
