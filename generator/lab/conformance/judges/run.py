# SPDX-License-Identifier: BSD-3-Clause
"""What a judge is handed: one run, and its lines with the host's times."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ...testbed import Outcome
from ..declare import Variant


@dataclass(frozen=True)
class Run:
    """One run of a variant, with what the guest was given."""

    variant: Variant
    outcome: Outcome
    begun: float
    """Seconds since 1970 when the run began; 0 if nobody knows."""
    module: Path | None
    cmdline: str
    image: Path


class Unjudged(Exception):
    """There is nothing to judge by; the text says what is missing."""


Judge = Callable[[Run], str]


def matches(run: Run, pattern: str) -> list[tuple[float, re.Match[str]]]:
    """The lines that have the pattern, and when each arrived."""
    lines = ((at, re.search(pattern, line)) for at, line in run.outcome.lines)
    return [(at, match) for at, match in lines if match]
