# SPDX-License-Identifier: BSD-3-Clause
"""A generated file beside its template: which line of the one stands where in the other."""

from __future__ import annotations

from typing import NamedTuple


class Pair(NamedTuple):
    """One row: a line of the template, one of the file, or both; numbers count from 1, 0 means that there is none."""

    number: int
    template: str
    file_number: int
    file: str
    kind: str
    """same, changed (data went in), only-template (code of the template), only-file (made by it)"""


def pairs(template: str, made: str) -> list[Pair]:
    """All lines of both, in order. Lines that are equal but for their white space at the ends stand side by side."""
    import difflib

    ours, theirs = template.splitlines(), made.splitlines()
    matcher = difflib.SequenceMatcher(None, [s.strip() for s in ours], [s.strip() for s in theirs], autojunk=False)
    rows: list[Pair] = []
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        for i in range(max(a_end - a, b_end - b)):
            left, right = a + i < a_end, b + i < b_end
            kind = "same" if tag == "equal" else _kind(left, right)
            rows.append(
                Pair(
                    a + i + 1 if left else 0,
                    ours[a + i] if left else "",
                    b + i + 1 if right else 0,
                    theirs[b + i] if right else "",
                    kind,
                )
            )
    return rows


def _kind(left: bool, right: bool) -> str:
    return "changed" if left and right else "only-template" if left else "only-file"
