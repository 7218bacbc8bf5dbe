# SPDX-License-Identifier: BSD-3-Clause
"""The results as one table for a terminal: check by machine, with times."""

from __future__ import annotations

from collections.abc import Mapping

from .cells import Result
from .rows import AREAS, OTHER, Row, area

Place = tuple[str, str]
"""(platform, machine)"""
Matrix = dict[tuple[int, str], dict[Place, tuple[Row, Result]]]


def matrix(results: Mapping[Row, Result]) -> tuple[list[Place], Matrix]:
    """The columns, and the rows in order of their areas."""
    places = list(dict.fromkeys((row.image.platform, row.machine) for row in results))
    found: Matrix = {}
    for row, result in results.items():
        found.setdefault((row.number, row.title), {})[row.image.platform, row.machine] = (row, result)
    order = [*(title for title, _ in AREAS), OTHER]
    keys = sorted(found, key=lambda key: (order.index(area(key[0])), key[0]))
    return places, {key: found[key] for key in keys}


def counts(results: Mapping[Row, Result]) -> tuple[int, int, int]:
    """(passed, failed, skipped)"""
    statuses = [result.status for result in results.values()]
    return statuses.count("pass"), statuses.count("fail"), statuses.count("skip")


def text(results: Mapping[Row, Result], seconds: float) -> str:
    places, found = matrix(results)
    width = max((len(title) for _, title in found), default=0)
    heads = [machine for _, machine in places]
    lines = [f"{'':{width + 4}}" + "".join(f"{head:>{_column(head)}}" for head in heads)]
    title = ""
    for (number, name), cells in found.items():
        if area(number) != title:
            title = area(number)
            lines.append(title)
        shown = (_cell(cells[place][1]) if place in cells else "" for place in places)
        columns = "".join(f"{cell:>{_column(head)}}" for cell, head in zip(shown, heads, strict=True))
        lines.append(f" {number:2} {name:{width}}{columns}")
    for row, result in results.items():
        if result.status == "fail":
            lines.append(f"FAIL {row.image.platform} {row.machine} {row.title}: {result.reason}")
    passed, failed, skipped = counts(results)
    lines.append(f"{passed} passed, {failed} failed, {skipped} skipped, in {seconds:.0f} s")
    return "\n".join(lines) + "\n"


def _column(head: str) -> int:
    return max(len(head), 7) + 2


def _cell(result: Result) -> str:
    if result.status == "pass":
        return f"{result.seconds:.2f} s"
    return "FAIL" if result.status == "fail" else "-"
