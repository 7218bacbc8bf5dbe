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
from generator.lab.conformance.plugin import BuildImage
from tests.mutants import Mutant, break_and_run

ROUNDS = int(os.environ.get("PLATGEN_ROUNDS", "0"))
SECONDS = 60
"""For each round at most."""


def words(rounds: int, ways: tuple[str, ...]) -> tuple[str, ...]:
    """What dom0 does: it moves the guest in these ways by turns, and asks for a word after each."""
    lines = ['await "tick 5 "']
    for i in range(rounds):
        lines += [ways[i % len(ways)], f"store data/round {i}", f'await "told {i}$"']
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
    variant = replace(variant, argument=argument, vcpus=vcpus, memory=memory, limit=SECONDS * ROUNDS, told=())
    variant = replace(variant, beside=words(ROUNDS, ways))
    (result,) = run_under_xl([Cell(build("xen-pvh", tmp_path), "xl", variant, tmp_path)])
    assert result.status == "pass", f"{result.reason}\n{result.console[-4000:]}\n{result.log[-4000:]}"


EVENTS, SHARED = "templates/xen/events/events_suspend.c", "templates/xen/shared-info/shared_info_suspend.c"
DEFECTS = (
    (EVENTS, "	if (lost)\n		events_delivery_set(core_cpu());", "	(void)lost;"),
    (
        SHARED,
        "	if (!lost)\n		return;\n	rc = vcpu_info_register",
        "	(void)lost;\n	rc = vcpu_info_register",
    ),
    ("templates/xen/suspend/xen_time.c", "		offset = stopped_at - now;\n", "		offset = 0;\n"),
    ("templates/xen/xenstore/xenstore_suspend.c", "	xenstore_watch_again();\n", ""),
    ("templates/xen/xen-ring/xen_ring_suspend.c", "		xen_ring.flush();\n", "		return;\n"),
)


@pytest.mark.skipif(not ROUNDS, reason="a minute each: set PLATGEN_ROUNDS")
@pytest.mark.parametrize(("file", "old", "new"), DEFECTS, ids=lambda text: text[-24:] if "/" in text else "")
def test_the_check_sees_what_is_not_made_anew(file: str, old: str, new: str, bare: BuildImage, tmp_path: Path) -> None:
    need.ready("xl")
    (variant,) = (v for v in checks() if v.check == "suspend")
    mutant = Mutant("suspend", file, [(old, new)], variant.title, "xen-pvh", "xl")
    assert break_and_run(mutant, bare("xen-pvh"), tmp_path).status == "fail"
