# SPDX-License-Identifier: BSD-3-Clause
"""A guest in a new domain raises the event that no release of Unikraft up to 0.21 has: a header of the test has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.boot import hosted
from tests.unit.helpers import ROOT

WITH_EVENT = """
#define UK_PM_EVENT_SYSMIGRATION uk_pm_event_sysmigration
int uk_pm_sysmigration(void);
"""

MAIN = r"""
#include <stdio.h>
#include <stdlib.h>
#include <plat/console_note.h>
#include <plat/suspend.h>

extern const struct suspend_part suspend_event_part;
static int answer;

int uk_pm_sysmigration(void)
{
	printf("raised ");
	return answer;
}

void console_note(const char *text, const char *more)
{
	printf("[%s%s]", text, more);
}

int main(int argc, char **argv)
{
	answer = argc > 2 ? atoi(argv[2]) : 0;
	if (suspend_event_part.resumed)
		suspend_event_part.resumed(atoi(argv[1]));
	return 0;
}
"""


def run(folder: Path, header: str, *words: str) -> str:
    guest = hosted.program(folder, "0.21", ("suspend_event.c",), MAIN, headers={"uk/pm.h": header})
    return hosted.run(guest, *words)


@pytest.mark.parametrize(
    ("header", "words", "expected"),
    [
        (WITH_EVENT, ("1",), "raised "),
        (WITH_EVENT, ("0",), ""),
        (WITH_EVENT, ("1", "-5"), "raised [suspend: a handler of the migration event fails]"),
        ("", ("1",), ""),
    ],
    ids=["restored", "copied", "handler-fails", "no-event"],
)
def test_a_restored_guest_raises_the_event(header: str, words: tuple[str, ...], expected: str, tmp_path: Path) -> None:
    assert run(tmp_path, header, *words) == expected


def test_the_end_of_a_suspension_asks_the_parts(tmp_path: Path) -> None:
    """The call stands after the release of the other CPUs, which a handler may need."""
    text = (ROOT / "templates" / "xen" / "suspend" / "suspend.c").read_text()
    body = text[text.index("static void suspend_all") :]
    assert 0 < body.index("suspend_release_others(") < body.index("resumed_parts_all(")
