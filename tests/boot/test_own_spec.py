# SPDX-License-Identifier: BSD-3-Clause
"""A contributor's honest spec: less than the project's own ones name, on machines that have more than it names."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.lab import ROOT
from generator.lab.conformance import need
from generator.lab.conformance.cells import Cell
from generator.lab.conformance.declare import checks
from generator.lab.conformance.images import Image, build
from generator.lab.conformance.judges import BUDGETS
from generator.lab.conformance.matrix import OddCell
from generator.lab.conformance.odd import CASES
from generator.lab.testbed import ALL, Outcome
from generator.lab.testbed.ends import Ends
from generator.lab.testbed.qemu import UNDER_KVM
from generator.lab.testbed.target import read_target
from generator.load.schema import schema_data


def own_spec(folder: Path, machines: list[str] | None = None, **machine: Any) -> Path:
    """Kvm's spec under another name, with other facts; None leaves a key out."""
    data = yaml.safe_load((ROOT / "platforms" / "kvm.yaml").read_text())
    del data["machines"]
    if machines:
        data["machines"] = machines
    data["name"] = "mine"
    data["unikraft"] = {"platform": "mine", "symbol": "PLAT_MINE", "library": "libmineplat", "prompt": "mine"}
    merged = {**data["machine"], **{key.replace("_", "-"): value for key, value in machine.items()}}
    data["machine"] = {key: value for key, value in merged.items() if value is not None}
    path = folder / "mine.yaml"
    path.write_text(yaml.safe_dump(data, sort_keys=False))
    return path


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """No 8259, no device that tells a crash, no budget."""
    need.tools(gcc="gcc", ld="binutils", make="make")
    folder = tmp_path_factory.mktemp("own")
    spec = own_spec(folder, interrupts=["lapic"], buses=["pci", "virtio-mmio"], power=["acpi", "i8042"], max_cpus=2)
    return build(str(spec), folder / "image")


def cell(image: Image, machine: str, name: str) -> Cell:
    need.ready(machine)
    return Cell(image, machine, next(variant for variant in checks() if variant.title == name), image.folder.parent)


@pytest.mark.parametrize("machine", ["qemu-pc", "qemu-q35"])
@pytest.mark.parametrize("name", ["legacy_pic", "sleep:300"])
def test_an_interrupt_controller_that_the_spec_does_not_name_keeps_still(own: Image, machine: str, name: str) -> None:
    """Firmware leaves a PC's timer running, and its interrupt comes as that of a double fault."""
    result = cell(own, machine, name).run()
    assert result.status == "pass", f"{result.reason}\n{result.console}"


@pytest.mark.parametrize("name", ["panic", "exception_de", "stack_overflow", "pinned:wp", "power:off", "power:reboot"])
def test_a_crash_that_no_fact_tells_is_proved_by_text(own: Image, name: str) -> None:
    result = cell(own, "qemu-pc", name).run()
    assert result.status == "pass", f"{result.reason}\n{result.console}"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (
            "power:crash",
            "the spec has no fact that shows this end to the host (power.debug-exit or power.pvpanic)",
        ),
        ("boot_time", "budgets.json has no 'mine-bare bytes'"),
        ("smp:4/1000,vcpus=4", "the spec has room for 2 of 4 CPUs (cpus, max-cpus)"),
    ],
)
def test_a_skip_names_what_is_missing(own: Image, name: str, reason: str) -> None:
    result = cell(own, "qemu-microvm", name).run()
    assert (result.status, result.reason) == ("skip", reason)


def test_a_crash_that_does_not_come_fails(own: Image) -> None:
    """Its end is that of a crash, and the text would be there: but the guest went on."""
    crash = cell(own, "qemu-microvm", "panic")
    image, variant = own, dataclasses.replace(crash.variant, check="banner", what="", says=())
    result = Cell(image, "qemu-microvm", variant, image.folder.parent).run()
    assert (result.status, result.reason) == ("fail", "the guest went on where it had to crash")


def test_odd_blocks_are_judged_by_what_the_spec_can_tell(own: Image, tmp_path: Path) -> None:
    for name in ("plain", "bad-magic"):
        case = next(case for case in CASES if case.name == name)
        result = OddCell(own, "qemu-microvm", case, tmp_path).run()
        assert result.status == "pass", result.reason


def test_a_crash_by_exit_status_is_a_crash() -> None:
    ends = Ends(frozenset({"poweroff", "crash"}))
    assert not ends.complaint("crash", Outcome("m", "exit", "", 0.0, 42))
    assert ends.complaint("crash", Outcome("m", "exit", "", 0.0, 1)) == "ended by exit instead of crash (no detail)"
    assert ends.complaint("crash", Outcome("m", "poweroff", "", 0.0, detail="so")).endswith("instead of crash (so)")
    assert ends.complaint("reboot", Outcome("m", "triple-fault", "", 0.0))
    assert not Ends(frozenset()).complaint("poweroff", Outcome("m", "triple-fault", "", 0.0))


def test_a_reset_is_a_good_end_where_the_spec_has_no_other(tmp_path: Path) -> None:
    need.tools(gcc="gcc", ld="binutils", make="make")
    need.ready("qemu-pc")
    rate = ["cpuid", "pit", "lapic-timer"]
    spec = own_spec(tmp_path, machines=["qemu-pc"], power=["i8042"], tables=None, cpus=None, tsc_frequency=rate)
    for cmdline, status in (("", 0), ("check=none", 1)):
        command = [sys.executable, "-m", "generator", "run", str(spec), "-o", str(tmp_path / "bare")]
        done = subprocess.run([*command, f"--cmdline={cmdline}"], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stdout + done.stderr
        assert "bare: main()" in done.stdout
        assert "qemu-pc: reboot" in done.stderr


@pytest.mark.parametrize(
    ("facts", "machines"),
    [
        ({"machines": ["qemu-q35", "qemu-pc"]}, "qemu-q35"),
        ({}, "qemu-microvm"),
        ({"boot": ["multiboot"]}, "qemu-pc-multiboot"),
    ],
)
def test_the_first_machine_of_a_spec(facts: dict[str, Any], machines: str, tmp_path: Path) -> None:
    """What `run` takes where no other is asked for."""
    assert read_target(str(own_spec(tmp_path, **facts)), ROOT).machines[0] == machines


def test_the_schema_knows_every_machine() -> None:
    items = schema_data("spec")["properties"]["machines"]["items"]["enum"]
    assert set(items) == set(ALL) - {bed.name for bed in UNDER_KVM}


def test_our_platforms_have_budgets() -> None:
    known = json.loads(BUDGETS.read_text())
    assert {f"{path.stem}-bare bytes" for path in (ROOT / "platforms").glob("*.yaml")} <= known.keys()
