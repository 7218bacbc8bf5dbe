# SPDX-License-Identifier: BSD-3-Clause
"""Clocks and sleeps, by the host's clock."""

from __future__ import annotations

import re

from .run import Run, matches

PPM_LIMIT = 500
STRETCH, SAWTOOTH = 10, 0.06
WALL_LIMIT = 2.0
LATE_SHARE = 0.01
LATE_SECONDS = 0.001
LATE_ON_XEN = 0.008
"""Each of the interrupts and exits on the way is emulated twice there."""


def rate(run: Run) -> str:
    """A line may be late but not early: the least delay of each end of the run tells the drift.

    Xen sets its guests' clocks right once a second, so a clock that is wrong in between keeps its
    average: the least delay of every stretch has to stay where it was.
    """
    stamps = [(at, int(found[1]) / 1e9) for at, found in matches(run, r"\bstamp (\d+)\b")]
    if len(stamps) < int(run.variant.argument) * 0.9:
        return f"only {len(stamps)} stamps arrived"
    delays = [at - told for at, told in stamps]
    least = [min(delays[i : i + STRETCH]) for i in range(0, len(delays) - STRETCH + 1, STRETCH)]
    if max(least) - min(least) > SAWTOOTH:
        return f"clock strays by {(max(least) - min(least)) * 1e3:.0f} ms and comes back"
    third = len(stamps) // 3
    first = min(stamps[:third], key=lambda stamp: stamp[0] - stamp[1])
    last = min(stamps[-third:], key=lambda stamp: stamp[0] - stamp[1])
    host, guest = last[0] - first[0], last[1] - first[1]
    drift = (guest / host - 1) * 1e6
    return "" if abs(drift) < PPM_LIMIT else f"clock is off by {drift:+.0f} ppm over {host:.2f} s"


def wall(run: Run) -> str:
    """The date that the guest tells, by the host's clock."""
    for at, found in matches(run, r"\bwall (\d+)\b"):
        apart = int(found[1]) / 1e9 - (run.begun + at)
        return "" if abs(apart) <= WALL_LIMIT else f"the date is {apart:+.1f} s from the host's"
    return "" if re.search(r": skip$", run.outcome.text, re.M) else "the guest printed no date"


def paused(run: Run) -> str:
    """The date before and after a pause of the machine, by the host's clock."""
    walls = [(at, int(found[1]) / 1e9 - (run.begun + at)) for at, found in matches(run, r"\bwall (\d+)\b")]
    if len(walls) != 2:
        return f"the guest printed {len(walls)} dates instead of 2"
    if walls[1][0] - walls[0][0] < run.variant.pause:
        return f"the guest was stopped for {walls[1][0] - walls[0][0]:.1f} s at most"
    wrong = [apart for _, apart in walls if abs(apart) > WALL_LIMIT]
    return f"the date is {wrong[0]:+.1f} s from the host's" if wrong else ""


def sleep(run: Run) -> str:
    """The host's stamps of begin and end, less what the lines cost; the least late of the tries counts."""
    want = int(run.variant.argument) / 1000
    took, rests = _spans(run, "sleep"), _spans(run, "rest")
    if not took:
        return "no sleep on the console"
    took = [span - min(rests) for span in took]
    late = LATE_SECONDS if run.outcome.machine.startswith("qemu") else LATE_ON_XEN
    limit = want + late + want * LATE_SHARE
    # The first line may have come late, so a sleep may look shorter, but not all of them.
    if max(took) < want * 0.99:
        return f"the longest of {len(took)} sleeps of {want * 1e3:.0f} ms took {max(took) * 1e3:.2f} ms by the host"
    return "" if min(took) <= limit else f"{want * 1e3:.0f} ms took {min(took) * 1e3:.2f} ms by the host's clock"


def _spans(run: Run, what: str) -> list[float]:
    begins = [at for at, _ in matches(run, rf"\b{what} \d+ begins")]
    ends = [at for at, _ in matches(run, rf"\b{what} \d+ ends")]
    return [end - begin for begin, end in zip(begins, ends, strict=False)]
