# SPDX-License-Identifier: BSD-3-Clause
"""The results as one HTML page that needs nothing else: the matrix, each cell with its console."""

from __future__ import annotations

import html
import json
import time
from collections.abc import Mapping
from pathlib import Path

from .cells import Result
from .rows import Row, area
from .table import Place, counts, matrix

TEMPLATE = Path(__file__).with_name("page.html")
LOG_LIMIT = 40_000
SIGNS = {"pass": "&#10003;", "fail": "&#10007;", "skip": "&middot;"}


def render(results: Mapping[Row, Result], seconds: float) -> str:
    places, found = matrix(results)
    passed, failed, skipped = counts(results)
    runs: list[dict[str, str]] = []
    body: list[str] = []
    title = ""
    for (number, name), cells in found.items():
        if area(number) != title:
            title = area(number)
            body.append(f'<tr class="area"><th colspan="{len(places) + 2}">{html.escape(title)}</th></tr>')
        body.append(_row(number, name, cells, places, runs))
    values = {
        "@SUMMARY@": _summary(passed, failed, skipped, seconds),
        "@FAILURES@": _failures(runs),
        "@HEADS@": _heads(places),
        "@BODY@": "\n".join(body),
        "@RUNS@": json.dumps(runs).replace("<", "\\u003c"),
        "@STATE@": "bad" if failed else "good",
    }
    text = TEMPLATE.read_text()
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text


def _summary(passed: int, failed: int, skipped: int, seconds: float) -> str:
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime())
    chips = [("all", passed + failed + skipped), ("pass", passed), ("fail", failed), ("skip", skipped)]
    names = {"all": "cells", "pass": "passed", "fail": "failed", "skip": "skipped"}
    buttons = "".join(
        f'<button class="chip {kind}" data-filter="{kind}"><b>{count}</b> {names[kind]}</button>'
        for kind, count in chips
    )
    return f'{buttons}<span class="when">{when}, {seconds:.0f} s</span>'


def _failures(runs: list[dict[str, str]]) -> str:
    """The failed ones first, so that nobody has to look for them."""
    items = "".join(
        f'<li><button data-run="{number}"><b>{html.escape(run["title"])}</b>: '
        f"{html.escape(run['reason'])}</button></li>"
        for number, run in enumerate(runs)
        if run["status"] == "fail"
    )
    return f'<ul class="failures">{items}</ul>' if items else ""


def _heads(places: list[Place]) -> str:
    platforms = dict.fromkeys(platform for platform, _ in places)
    spans = "".join(
        f'<th colspan="{sum(1 for p, _ in places if p == platform)}" class="platform">{html.escape(platform)}</th>'
        for platform in platforms
    )
    machines = "".join(f"<th>{html.escape(machine)}</th>" for _, machine in places)
    return f'<tr><th colspan="2"></th>{spans}</tr><tr><th>#</th><th class="name">check</th>{machines}</tr>'


def _row(
    number: int, name: str, cells: dict[Place, tuple[Row, Result]], places: list[Place], runs: list[dict[str, str]]
) -> str:
    statuses = {result.status for _, result in cells.values()}
    worst = "fail" if "fail" in statuses else "pass" if "pass" in statuses else "skip"
    what = next(row.what for row, _ in cells.values())
    parts = [f'<tr class="{worst}"><td class="number">{number}</td>']
    parts.append(f'<td class="name"><code>{html.escape(name)}</code><small>{html.escape(what)}</small></td>')
    for place in places:
        if place not in cells:
            parts.append("<td></td>")
            continue
        row, result = cells[place]
        shown = f"{SIGNS[result.status]} <i>{result.seconds:.2f}</i>" if result.seconds else SIGNS[result.status]
        parts.append(
            f'<td><button class="cell {result.status}" data-run="{len(runs)}" title="{html.escape(result.reason)}">'
            f"{shown}</button></td>"
        )
        runs.append(
            {
                "title": f"{name} on {row.machine}",
                "what": what,
                "status": result.status,
                "reason": result.reason,
                "time": f"{result.seconds:.2f} s" if result.seconds else "",
                "console": result.console[-LOG_LIMIT:],
                "log": result.log[-LOG_LIMIT // 4 :] if result.status == "fail" else "",
            }
        )
    return "".join(parts) + "</tr>"
