# SPDX-License-Identifier: BSD-3-Clause
"""Memory that follows the host, with a host and an allocator of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.boot import hosted

MAIN = r"""
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <plat/balloon.h>
#include <plat/boot.h>
#include <plat/core.h>

#define PER_MIB	(1024 / BALLOON_KIB_PER_PAGE)

uint64_t balloon_max = 256 << 10;

static uint64_t target, free_pages = 50 * PER_MIB;
static bool heard;
static struct boot_info info = {
	.map = { .count = 1, .range[0] = { 64UL << 20, 256UL << 20, MEMORY_SPARE } },
};

bool balloon_heard(uint64_t *now)
{
	const bool was = heard;

	*now = target;
	heard = false;
	return was;
}

static void say(const char *fmt, va_list args)
{
	vprintf(fmt, args);
	putchar('\n');
}

void core_log(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(fmt, args);
	va_end(args);
}

void core_error(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(fmt, args);
	va_end(args);
}

struct boot_info *core_boot_info(void) { return &info; }
uint64_t balloon_core_free(void) { return free_pages; }

/* The ledger writes its notes into the pages that it gets. */
bool balloon_core_take(struct balloon_run *run, unsigned int order)
{
	if (free_pages < 1UL << order)
		return false;
	run->at = aligned_alloc(PAGE_SIZE, PAGE_SIZE << order);
	run->order = order;
	free_pages -= 1UL << order;
	return run->at;
}

void balloon_core_give(const struct balloon_run *run)
{
	free(run->at);
	free_pages += 1UL << run->order;
}

bool balloon_core_add(uint64_t start, uint64_t pages)
{
	(void)start;
	free_pages += pages;
	return true;
}

bool balloon_release(const struct balloon_run *run) { return run; }
bool balloon_populate(const struct balloon_run *run) { return run; }
bool balloon_populate_at(uint64_t start, uint64_t pages) { return start && pages; }
uint64_t balloon_disclaim(uint64_t start, uint64_t pages) { return start ? pages : 0; }
void balloon_try_later(void) {}

/* Pairs: a target in MiB, and how many steps are made for it at most */
int main(int argc, char **argv)
{
	int i, steps;

	for (i = 1; i + 1 < argc; i += 2) {
		target = (uint64_t)atoi(argv[i]) << 10;
		heard = true;
		for (steps = atoi(argv[i + 1]); steps && balloon_step(); steps--)
			;
	}
	/* The ledger may keep a page for its notes. */
	printf("%lu MiB are free\n", (unsigned long)((free_pages + 1) / PER_MIB));
	return 0;
}
"""


@pytest.fixture(scope="module")
def guest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sources = ("balloon.c", "balloon_ledger.c", "balloon_spare.c")
    return hosted.program(tmp_path_factory.mktemp("balloon"), "bare", sources, MAIN)


def test_memory_goes_up_and_down_again(guest: Path) -> None:
    assert hosted.run(guest, "64", "999", "256", "999", "64", "999") == (
        "memory: 262144 KiB of 262144 KiB\nmemory: 65536 KiB of 262144 KiB\n50 MiB are free\n"
    )


@pytest.mark.parametrize("steps", [1, 10, 60])
def test_a_target_that_changes_on_the_way_up_loses_no_memory(guest: Path, steps: int) -> None:
    text = hosted.run(guest, "64", "999", "256", str(steps), "64", "999")
    assert "too few" not in text
    assert text.endswith("50 MiB are free\n")


def test_a_target_below_what_is_free_is_refused(guest: Path) -> None:
    text = "memory: 8192 KiB are too few, the guest keeps 65536 KiB\n50 MiB are free\n"
    assert hosted.run(guest, "64", "999", "8", "999") == text
