# SPDX-License-Identifier: BSD-3-Clause
"""Every check of generator/lab/guest, in every variant, on QEMU's machines, seen from outside."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from generator.lab.conformance.cells import Cell
from generator.lab.conformance.declare import Variant, checks
from generator.lab.testbed import need
from generator.lab.testbed.packages import locked

from .conftest import BuildImage, expect_pass

MACHINES = ("qemu-pc", "qemu-q35", "qemu-microvm", "qemu-pc-multiboot")
BIG = 1024  # MiB: not several of them at once
MATRIX = [
    pytest.param(machine, variant, id=f"{machine}-{variant.name}")
    for machine in MACHINES
    for variant in checks()
    if variant.runs_on(machine)
]


@pytest.mark.parametrize(("machine", "variant"), MATRIX)
def test_check(machine: str, variant: Variant, bare: BuildImage, shared: Path, tmp_path: Path) -> None:
    need.ready(machine)
    with locked(shared / "big") if variant.memory > BIG else nullcontext():
        expect_pass(Cell(bare("kvm"), machine, variant, tmp_path).run())
