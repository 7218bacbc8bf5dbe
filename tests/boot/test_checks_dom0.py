# SPDX-License-Identifier: BSD-3-Clause
"""Every check of generator/lab/guest on real Xen, the image as its PVH dom0."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.lab.conformance.cells import Cell
from generator.lab.conformance.declare import Variant, checks
from generator.lab.testbed import need

from .conftest import BuildImage, expect_pass

MATRIX = [variant for variant in checks() if variant.runs_on("xen-dom0")]


@pytest.mark.parametrize("variant", MATRIX, ids=lambda variant: variant.name)
def test_check(variant: Variant, bare: BuildImage, tmp_path: Path) -> None:
    need.ready("xen-dom0")
    expect_pass(Cell(bare("xen-pvh"), "xen-dom0", variant, tmp_path).run())
