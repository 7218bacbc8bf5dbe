# SPDX-License-Identifier: BSD-3-Clause
"""Every check of tests/guest, in every variant, on every machine of both platforms, seen from outside."""

from __future__ import annotations

import pickle
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.conformance.cells import Cell, Result, run_under_xl
from tests.conformance.declare import Variant, checks
from tests.testbed import need
from tests.testbed.packages import locked

from .conftest import BuildImage

MACHINES = {
    "kvm": ("qemu-pc", "qemu-q35", "qemu-microvm", "qemu-pc-multiboot"),
    "xen-pvh": ("xen-dom0", "xl"),
}
VARIANTS = checks()
BIG = 1024  # MiB: not several of them at once


MATRIX = [
    pytest.param(platform, machine, variant, id=f"{machine}-{variant.name}")
    for platform, machines in MACHINES.items()
    for machine in machines
    for variant in VARIANTS
    if variant.runs_on(machine)
]


@pytest.fixture(scope="session")
def domus(bare: BuildImage, shared: Path) -> dict[str, Result]:
    """All checks as domUs of one boot of Xen, which serves all workers of this run."""
    need.ready("xl")
    image, folder = bare("xen-pvh"), shared / "domus"
    with locked(folder):
        known = folder / "results"
        if not known.exists():
            batch = [Cell(image, "xl", variant, folder) for variant in VARIANTS if variant.runs_on("xl")]
            results = {cell.variant.name: result for cell, result in zip(batch, run_under_xl(batch), strict=True)}
            known.write_bytes(pickle.dumps(results))
        found: dict[str, Result] = pickle.loads(known.read_bytes())
        return found


@pytest.mark.parametrize(("platform", "machine", "variant"), MATRIX)
def test_check(
    platform: str,
    machine: str,
    variant: Variant,
    bare: BuildImage,
    shared: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    if machine == "xl":
        result: Result = request.getfixturevalue("domus")[variant.name]
    else:
        need.ready(machine)
        with locked(shared / "big") if variant.memory > BIG else nullcontext():
            result = Cell(bare(platform), machine, variant, tmp_path).run()
    if result.status == "skip":
        pytest.skip(f"{variant.name} on {machine}: {result.reason}")
    assert result.status == "pass", f"{result.reason}\n{result.console}\n{result.log[-2000:]}"
