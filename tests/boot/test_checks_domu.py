# SPDX-License-Identifier: BSD-3-Clause
"""Checks as domUs under xl, in one boot of Xen: those for which a domU is another thing than dom0.

`make conformance` runs all of them.
"""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from generator.lab.conformance.cells import Cell, Result, run_under_xl
from generator.lab.conformance.declare import Variant, checks
from generator.lab.testbed import need
from generator.lab.testbed.packages import locked

from .conftest import BuildImage, expect_pass

# One fault stands for all: the guest handles them alone, only the crash is Xen's to see.
SAME_AS_IN_DOM0 = {8, 9, 10, 11, 12, 26}
MATRIX = [
    variant
    for variant in checks()
    if variant.runs_on("xl") and (variant.check == "exception_ud" or not SAME_AS_IN_DOM0 & set(variant.numbers))
]


@pytest.fixture(scope="module")
def domus(bare: BuildImage, shared: Path) -> dict[str, Result]:
    """The results of all, which serve all workers of this run."""
    need.ready("xl")
    image, folder = bare("xen-pvh"), shared / "domus"
    with locked(folder):
        known = folder / "results"
        if not known.exists():
            batch = [Cell(image, "xl", variant, folder) for variant in MATRIX]
            results = {cell.variant.name: result for cell, result in zip(batch, run_under_xl(batch), strict=True)}
            known.write_bytes(pickle.dumps(results))
        found: dict[str, Result] = pickle.loads(known.read_bytes())
        return found


@pytest.mark.parametrize("variant", MATRIX, ids=lambda variant: variant.name)
def test_check(variant: Variant, domus: dict[str, Result]) -> None:
    expect_pass(domus[variant.name])
