# SPDX-License-Identifier: BSD-3-Clause
"""What dom0 did with a guest: asked it to end, saved and moved it."""

from __future__ import annotations

import re
from itertools import pairwise

from .consoles import echo
from .run import Run, matches

PROMPT_MS = 1000
ACKNOWLEDGED = 0.1
"""Seconds from the host's word that it will save the guest."""
COPIED = (" -c", " -f")
"""After these the guest goes on in the same domain."""
SETTLED_LINES, DATE_LINES, MOVED_DATE = 10, 5, 0.05
STOOD_STILL = 1.0
"""Seconds that saving a guest takes at least."""


def prompt(run: Run) -> str:
    """How long the guest lived on when dom0 had asked it to end, by dom0's clock, without the asking itself."""
    asking = re.search(r"^xl itself takes (\d+) ms$", run.outcome.told, re.M)
    ended = re.search(r"^ended after (\d+) ms$", run.outcome.told, re.M)
    if not asking or not ended:
        return f"dom0 saw no end: {run.outcome.told!r}"
    late = int(ended[1]) - int(asking[1])
    return "" if late < PROMPT_MS else f"the guest ended {late} ms after the request"


def moved(run: Run) -> str:
    """No tick and nothing typed is missing, time goes on, the host's date is kept; the host's word was taken at once.

    dom0 prints for each time that it saved the guest when the word was written and when it was taken.
    """
    ticks = [(int(n), int(at)) for n, at in re.findall(r"^tick (\d+) at (\d+)$", run.outcome.text, re.M)]
    gap = next((a for a, b in pairwise(ticks) if b[0] != a[0] + 1), None)
    if gap or not ticks or ticks[0][0]:
        return f"the console lacks lines after tick {gap[0] if gap else 'none'}"
    back = next((a for a, b in pairwise(ticks) if b[1] < a[1]), None)
    if back:
        return f"time went back after tick {back[0]}"
    rounds = re.findall(r"^moved( -[cfm])?: ([\d.]+) ([\d.]+) $", run.outcome.told, re.M)
    tried = sum(line.split()[:1] == ["moved"] for line in run.variant.beside)
    said = {
        True: len(re.findall(r"^suspend: cancelled", run.outcome.text, re.M)),
        False: len(re.findall(r"^suspend: restored as domain \d+$", run.outcome.text, re.M)),
    }
    for copied, count in said.items():
        if count != sum((how in COPIED) is copied for how, *_ in rounds) or len(rounds) != tried:
            return f"of {tried} times the guest was saved and went on {said} times: {run.outcome.told!r}"
    quickest = min(float(taken) - float(word) for _, word, taken in rounds)
    if quickest > ACKNOWLEDGED:
        return f"the guest took the host's word after {quickest * 1e3:.0f} ms at best"
    return _same_date(run) or (echo(run) if run.variant.typed else "")


def _same_date(run: Run) -> str:
    """The least delay of each domain's lines from when it runs for a while; one that ends soon tells nothing."""
    delays: dict[str, list[float]] = {}
    for at, found in matches(run, r"\((d\d+)\) wall (\d+)\b"):
        delays.setdefault(found[1], []).append(at - int(found[2]) / 1e9)
    walls = [int(found[1]) / 1e9 for _, found in matches(run, r"\bwall (\d+)\b")]
    times = [int(at) / 1e6 for at in re.findall(r"^tick \d+ at (\d+)$", run.outcome.text, re.M)]
    if walls[-1] - walls[0] - (times[-1] - times[0]) < STOOD_STILL:
        return "the guest's clock ran on while the guest was suspended"
    settled = [domain[SETTLED_LINES:] for domain in delays.values()]
    least = [min(domain) for domain in settled if len(domain) >= DATE_LINES]
    if len(least) < 2:
        return f"the guest told its date in {len(least)} domains"
    apart = max(least) - min(least)
    return "" if apart <= MOVED_DATE else f"the date is {apart * 1e3:.0f} ms off in another domain"
