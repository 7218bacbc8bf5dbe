# SPDX-License-Identifier: BSD-3-Clause
"""Which devices on PCI Unikraft's legacy driver is given, on the host."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.lab.conformance import need

from .planted import expect_found, plant_all, run
from .targets import HERE, common

FOLDERS = common("core-contract", "irq-lines-contract", "virtio-pci")
CLAIM = "common/core/virtio-pci/virtio_pci_claim.c"
DEFECTS = (
    (CLAIM, "!dev->irq", "0", "any other is refused"),
    (CLAIM, "!irq_line_wire(dev->irq, true, true)", "0", "its line is described before"),
    (CLAIM, "next->device_ids->vendor_id != VENDOR", "0", "a driver of another vendor gets none"),
)


@pytest.fixture(name="program", scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need.tools(gcc="gcc")
    folder = tmp_path_factory.mktemp("virtio-claim")
    templates = plant_all(FOLDERS, DEFECTS, folder)
    command = ["gcc", "-g", "-O1", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined"]
    command += [f"-I{HERE / 'virtio'}", f"-I{HERE}", f"-I{templates / 'common'}"]
    command += [f"-I{templates / part / 'include'}" for part in FOLDERS]
    subprocess.run([*command, str(HERE / "virtio_claim.c"), "-o", str(folder / "program")], check=True)
    return folder / "program"


def test_what_must_hold_holds(program: Path) -> None:
    done = run(program, 0)
    assert not done.returncode, done.stderr


@pytest.mark.parametrize("number", range(1, len(DEFECTS) + 1), ids=lambda number: DEFECTS[number - 1][1])
def test_defects_are_found(number: int, program: Path) -> None:
    expect_found(program, DEFECTS, number)
