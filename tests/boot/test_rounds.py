# SPDX-License-Identifier: BSD-3-Clause
"""A guest that is saved and restored again and again, in one boot of Xen: PLATGEN_ROUNDS=100 runs it."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator.lab.conformance import need
from generator.lab.conformance.cells import Cell, run_under_xl
from generator.lab.conformance.declare import checks
from generator.lab.conformance.images import build
from generator.lab.conformance.plugin import BuildImage
from tests.mutants import Mutant, broken

ROUNDS = int(os.environ.get("PLATGEN_ROUNDS", "0"))
BEGIN, ROUND = 60, 60
"""Seconds at most: to start the guest, and for each round."""


def words(rounds: int, ways: tuple[str, ...]) -> tuple[str, ...]:
    """What dom0 does: it moves the guest in these ways by turns, and asks for a word after each."""
    lines = ['await "tick 5 "']
    for i in range(rounds):
        lines += [ways[i % len(ways)], f"store data/round {i:03}", f'await "told {i:03}"']
    return (*lines, "sleep 2", "store data/round end")


WAYS = ("moved -c", "moved", "moved", "moved")


@pytest.mark.skipif(not ROUNDS, reason="a long run: set PLATGEN_ROUNDS")
@pytest.mark.parametrize(
    ("argument", "vcpus", "memory", "ways"),
    [
        *((argument, vcpus, 64, WAYS) for argument in ("asleep", "busy") for vcpus in (1, 4)),
        ("writing", 2, 80, ("moved -m",)),
    ],
    ids=lambda value: "" if isinstance(value, tuple) else str(value),
)
def test_rounds(argument: str, vcpus: int, memory: int, ways: tuple[str, ...], tmp_path: Path) -> None:
    need.ready("xl")
    variant = next(v for v in checks() if v.check == "suspend")
    variant = replace(variant, argument=argument, vcpus=vcpus, memory=memory, told=(), typed=0)
    variant = replace(variant, beside=words(ROUNDS, ways), limit=BEGIN + ROUND * ROUNDS)
    (result,) = run_under_xl([Cell(build("xen-pvh", tmp_path), "xl", variant, tmp_path)])
    assert result.status == "pass", f"{result.reason}\n{result.console[-4000:]}\n{result.log[-4000:]}"


EVENTS, SHARED = "templates/xen/events/events_suspend.c", "templates/xen/shared-info/shared_info_suspend.c"
DEFECTS = (
    (EVENTS, "	if (lost)\n		events_delivery_set(core_cpu());", "	(void)lost;", "a CPU gets no events"),
    (
        SHARED,
        "	if (!lost)\n		return;\n	rc = vcpu_info_register",
        "	(void)lost;\n	rc = vcpu_info_register",
        "registering vcpu_info of CPU [1-3] again failed",
    ),
    (
        "templates/xen/suspend/xen_time.c",
        "		offset = stopped_at - now;\n",
        "		offset = 0;\n",
        "the guest's clock ran on while the guest was suspended",
    ),
    (
        "templates/xen/xenstore/xenstore_suspend.c",
        "	xenstore_watch_again();\n",
        "",
        r"(?ms)\A(?!.*^told 3$).*^suspend: restored as domain",
    ),
    (
        "templates/xen/xen-ring/xen_ring_suspend.c",
        "		put_kept(ring);\n",
        "		(void)put_kept;\n",
        "0 of 700 letters came back",
    ),
)
"""What a new domain lacks if its owner forgets it, and what the check has to say then."""


@pytest.mark.skipif(not ROUNDS, reason="minutes: set PLATGEN_ROUNDS")
def test_the_check_says_what_is_not_made_anew(bare: BuildImage, tmp_path: Path) -> None:
    need.ready("xl")
    (variant,) = (v for v in checks() if v.check == "suspend")
    cells = []
    for i, (file, old, new, _) in enumerate(DEFECTS):
        mutant = Mutant("suspend", file, [(old, new)], variant.title, "xen-pvh", "xl")
        cells.append(broken(mutant, bare("xen-pvh"), tmp_path / str(i)))
    results = run_under_xl([cell for cell in cells if isinstance(cell, Cell)], tries=1)
    missed = [
        f"{file}: {result.status}, {result.reason}\n{result.console[-2000:]}"
        for (file, _, _, reason), result in zip(DEFECTS, results, strict=True)
        if result.status != "fail" or not re.search(reason, result.reason + result.console)
    ]
    assert not missed, "\n".join(missed)
