# SPDX-License-Identifier: BSD-3-Clause
"""Which core level fits a checkout.

The number in version.mk is the last release's also in the months after it, so the marks of a core level (files that
only its generation of the interface has) count for more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from ..load.levels import Level, Mark
from ..reading import read_any
from .checkout import Checkout, Release, shown
from .report import Check


class Fit(NamedTuple):
    """The core level to check against, and what the checkout says about it."""

    level: Level
    check: Check


def fit(checkout: Checkout, levels: Mapping[str, Level], asked: str | None) -> Fit:
    """The core level that fits best, or the one asked for."""
    level, verdict_ok, text, details = _best(checkout, [level for level in levels.values() if level.releases])
    hint = "" if verdict_ok else "the checks below show what does not fit; a later platgen may support this release"
    if asked is not None and asked != level.name:
        text = f"you asked for core level {asked}, but this checkout has level {level.name}: {text}"
        level, verdict_ok = levels[asked], False
        details, hint = (
            missing_marks(checkout, level),
            f"omit --core, or get {' or '.join(level.releases)}",
        )
    return Fit(level, Check("release", "ok" if verdict_ok else "problem", text, details, hint))


def _best(checkout: Checkout, levels: list[Level]) -> tuple[Level, bool, str, tuple[str, ...]]:
    """A level, whether it fits, why, and what speaks against it."""
    release = shown(checkout.release)
    listed = next((level for level in levels if release in level.releases), None)
    marked = [level for level in levels if level.marks and not missing_marks(checkout, level)]
    near = min(levels, key=lambda level: _distance(checkout.release, level))
    if listed and (listed in marked or not listed.marks):
        why = f", and has its {len(listed.marks)} marks" if listed.marks else ""
        return listed, True, f"{release} is served by core level {listed.name}{why}", ()
    if marked:
        level = min(marked, key=lambda level: _distance(checkout.release, level))
        known = f"calls itself {release}" if listed else f"{release} is a release that this platgen does not know"
        text = f"{known}, and has the interface of core level {level.name} ({', '.join(level.releases)})"
        return level, True, text, ()
    if listed:
        lost = missing_marks(checkout, listed)
        text = f"calls itself {release}, but does not look as core level {listed.name} expects"
        return listed, False, text, lost
    text = f"{release} is a release that this platgen does not know; the nearest core level is {near.name}"
    return near, False, text, missing_marks(checkout, near)


def _distance(release: Release, level: Level) -> tuple[int, ...]:
    """How far a release is from the nearest one that a level serves."""
    served = [tuple(map(int, name.split("."))) for name in level.releases if re.fullmatch(r"\d+(\.\d+)*", name)]
    return min(
        (tuple(abs(a - b) for a, b in zip(release, other, strict=False)) for other in served), default=(1 << 31,)
    )


def missing_marks(checkout: Checkout, level: Level) -> tuple[str, ...]:
    """The marks that do not hold, in words."""
    return tuple(
        f"{_shown(mark)} {'should not be there' if mark.absent else 'is missing'}"
        for mark in level.marks
        if _is_there(checkout.path / mark.path, mark.text) == mark.absent
    )


def _shown(mark: Mark) -> str:
    return f"'{mark.text}' in {mark.path}" if mark.text else mark.path


def _is_there(path: Path, text: str) -> bool:
    return path.exists() and (not text or text.encode() in read_any(path))
