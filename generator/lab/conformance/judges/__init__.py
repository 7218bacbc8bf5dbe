# SPDX-License-Identifier: BSD-3-Clause
"""What the host can say about a run that the guest cannot: each judge returns a complaint or nothing.

A judge never trusts the guest's own verdict: it compares what the guest printed with the host's
clock, with the file that the guest was given, or with the memory that it was given.
"""

from __future__ import annotations

from .budget import BUDGETS, budget
from .consoles import console, crash, echo, quiet, typed
from .dom0 import moved, prompt
from .given import cmdline, fnv, memory, module
from .run import Judge, Run, Unjudged
from .times import paused, rate, sleep, wall

__all__ = ["BUDGETS", "JUDGES", "Run", "Unjudged", "fnv", "typed"]

JUDGES: dict[str, Judge] = {
    judge.__name__: judge
    for judge in (
        rate,
        wall,
        paused,
        sleep,
        memory,
        module,
        cmdline,
        console,
        echo,
        crash,
        quiet,
        prompt,
        moved,
        budget,
    )
}
