# SPDX-License-Identifier: BSD-3-Clause
"""A guest that is saved and restored again and again, in one boot of Xen: PLATGEN_ROUNDS=100 runs it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from generator.lab.conformance import need
from generator.lab.conformance.cells import Cell, run_under_xl
from generator.lab.conformance.declare import checks
from generator.lab.conformance.images import build

ROUNDS = int(os.environ.get("PLATGEN_ROUNDS", "0"))
SECONDS = 60
"""For each round at most."""


def words(rounds: int) -> tuple[str, ...]:
    """What dom0 does: each fourth time it takes a copy, else it saves the guest; it asks for a word after each."""
    lines = ['await "tick 5 "']
    for i in range(rounds):
        lines += ["moved -c" if i % 4 == 0 else "moved", f"store data/round {i}", f'await "told {i}$"']
    return (*lines, "store control/feature-suspend", "sleep 2", "store data/round end")


@pytest.mark.skipif(not ROUNDS, reason="a long run: set PLATGEN_ROUNDS")
@pytest.mark.parametrize(("argument", "vcpus"), [("asleep", 1), ("busy", 1), ("asleep", 4), ("busy", 4)])
def test_rounds(argument: str, vcpus: int, tmp_path: Path) -> None:
    need.ready("xl")
    variant = next(v for v in checks() if v.check == "suspend")
    variant = replace(variant, argument=argument, vcpus=vcpus, beside=words(ROUNDS), limit=SECONDS * ROUNDS, told=())
    (result,) = run_under_xl([Cell(build("xen-pvh", tmp_path), "xl", variant, tmp_path)])
    assert result.status == "pass", f"{result.reason}\n{result.console[-4000:]}\n{result.log[-4000:]}"
