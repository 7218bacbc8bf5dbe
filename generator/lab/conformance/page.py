# SPDX-License-Identifier: BSD-3-Clause
"""The results as one HTML page that needs nothing else: the matrix, each cell with its console."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from ... import own_templates
from .matrix import AREAS, OTHER, area
from .record import Record

LOG_LIMIT = 40_000
"""Characters of a console that the page keeps, from its end."""

Place = tuple[str, str]
"""(platform, machine)"""
_VARIES = re.compile(r"0x[0-9a-fA-F]+|\d+(?:\.\d+)?")
"""What differs between two runs that fail for one cause: addresses, counts, times."""


class Row(NamedTuple):
    """One case on all machines."""

    number: int
    title: str
    what: str
    worst: str
    cells: list[tuple[int, Record] | None]
    """By place: the record with its number among all, or None where the case has no cell."""


class Cause(NamedTuple):
    """Failures that say the same, but for addresses and numbers."""

    reason: str
    """What the first of them says."""
    cells: list[tuple[int, Record]]
    """Each with its number among all records."""


def causes(records: Sequence[Record]) -> list[Cause]:
    """The failures by cause; the cause with the most cells first, then in the order of the run.

    Two failures have one cause where their reasons' first lines are equal without their machine and their numbers.
    """
    found: dict[str, Cause] = {}
    for i, record in enumerate(records):
        if record.status != "fail":
            continue
        first = record.reason.partition("\n")[0].strip()
        for name in filter(None, (record.machine, record.platform)):
            first = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", "*", first)
        found.setdefault(_VARIES.sub("#", first), Cause(record.reason, [])).cells.append((i, record))
    return sorted(found.values(), key=lambda cause: -len(cause.cells))


def render(records: Sequence[Record], seconds: float) -> str:
    """The page's text; `seconds` is how long the run took."""
    places = list(dict.fromkeys((record.platform, record.machine) for record in records))
    statuses = [record.status for record in records]
    return own_templates.render(
        Path(__file__).with_name("page.html"),
        areas=_areas(records, places),
        places=places,
        platforms=[(name, len(list(group))) for name, group in groupby(places, key=lambda place: place[0])],
        runs=[_run(record) for record in records],
        causes=causes(records),
        counts={"all": len(records), **{status: statuses.count(status) for status in ("pass", "fail", "skip")}},
        when=f"{time.strftime('%Y-%m-%d %H:%M', time.localtime())}, {seconds:.0f} s",
    )


def _areas(records: Sequence[Record], places: Sequence[Place]) -> list[tuple[str, list[Row]]]:
    """Areas in their order, each with its rows by their place in the list."""
    order = [*(title for title, _ in AREAS), OTHER]
    cells: dict[tuple[int, str], dict[Place, tuple[int, Record]]] = {}
    for i, record in enumerate(records):
        cells.setdefault((record.number, record.title), {})[record.platform, record.machine] = (i, record)
    keys = sorted(cells, key=lambda key: (order.index(area(key[0])), key[0]))
    return [
        (title, [_row(key, cells[key], places) for key in group])
        for title, group in groupby(keys, key=lambda key: area(key[0]))
    ]


def _row(key: tuple[int, str], found: dict[Place, tuple[int, Record]], places: Sequence[Place]) -> Row:
    statuses = {record.status for _, record in found.values()}
    worst = next(status for status in ("fail", "pass", "skip") if status in statuses)
    what = next(record.what for _, record in found.values())
    return Row(*key, what, worst, [found.get(place) for place in places])


def _run(record: Record) -> dict[str, Any]:
    """What the page's script shows of a cell."""
    return {
        "title": f"{record.title} on {record.machine}",
        "what": record.what,
        "status": record.status,
        "reason": record.reason,
        "time": f"{record.seconds:.2f} s" if record.seconds else "",
        "console": record.console[-LOG_LIMIT:],
        "log": record.log[-LOG_LIMIT // 4 :] if record.status == "fail" else "",
    }
