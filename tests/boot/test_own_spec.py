# SPDX-License-Identifier: BSD-3-Clause
"""A contributor's honest spec: less than the project's own ones name, on machines that have more than it names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conformance.cells import Cell
from tests.conformance.declare import checks
from tests.conformance.images import ROOT, Image, build
from tests.testbed import need


def own_spec(folder: Path, **machine: Any) -> Path:
    """Kvm's spec under another name, with other facts; None leaves a key out."""
    data = yaml.safe_load((ROOT / "platforms" / "kvm.yaml").read_text())
    data["name"] = "mine"
    data["unikraft"] = {"platform": "mine", "symbol": "PLAT_MINE", "library": "libmineplat", "prompt": "mine"}
    merged = {**data["machine"], **machine}
    data["machine"] = {key: value for key, value in merged.items() if value is not None}
    path = folder / "mine.yaml"
    path.write_text(yaml.safe_dump(data, sort_keys=False))
    return path


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """No 8259, no device that tells a crash."""
    need.tools(gcc="gcc", ld="binutils", make="make")
    folder = tmp_path_factory.mktemp("own")
    spec = own_spec(folder, interrupts=["lapic"], power=["acpi", "i8042"])
    return build(str(spec), folder / "image")


def cell(image: Image, machine: str, name: str) -> Cell:
    need.ready(machine)
    return Cell(image, machine, next(variant for variant in checks() if variant.name == name), image.folder.parent)


@pytest.mark.parametrize("machine", ["qemu-pc", "qemu-q35"])
def test_an_interrupt_controller_that_the_spec_does_not_name_keeps_still(own: Image, machine: str) -> None:
    """Firmware leaves a PC's timer running, and its interrupt comes as that of a double fault."""
    result = cell(own, machine, "sleep:300").run()
    assert result.status == "pass", f"{result.reason}\n{result.console}"
