# SPDX-License-Identifier: BSD-3-Clause
"""A guest that no power method ends: it says so wherever text needs no set-up, and the CPU alone ends it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.lab.conformance import need
from generator.lab.conformance.images import build
from generator.lab.conformance.plugin import BuildImage
from generator.lab.testbed import Outcome
from generator.lab.testbed.elf import PT_LOAD, segments
from generator.lab.testbed.qemu import MICROVM, PC, Qemu

from .test_own_spec import own_spec

NOTHING_WORKED = "platform: all ways to end this guest failed: "
BARE = replace(MICROVM, devices=())
"""No device that ends anything, though tables tell of a way to power off."""
NO_ACPI = replace(BARE, machine="microvm,acpi=off")
UD2 = bytes.fromhex("0f0b")


def run(bed: Qemu, image: Path, cmdline: str = "", limit: float = 10.0) -> Outcome:
    need.ready(bed.name)
    return bed.run(image, cmdline, limit=limit)


@pytest.mark.parametrize(("word", "end"), [("off", "power off"), ("reboot", "reboot"), ("crash", "crash")])
def test_machine_without_acpi(word: str, end: str, bare: BuildImage) -> None:
    outcome = run(NO_ACPI, bare("kvm").pvh, f"end={word}")
    assert outcome.end == "triple-fault", outcome.text
    for text in (outcome.console, outcome.debug):
        assert text.endswith(f"{NOTHING_WORKED}{end}\n")


@pytest.mark.parametrize("platform", ["kvm", "xen-pvh"])
@pytest.mark.parametrize("cpu", ["qemu64,-lm", "qemu64,-nx"])
def test_cpu_without_long_mode_or_nx(cpu: str, platform: str, bare: BuildImage) -> None:
    outcome = run(replace(BARE, cpu=cpu), bare(platform).pvh)
    assert outcome.end == "triple-fault", outcome.text
    assert outcome.console == outcome.debug == "platform: this CPU has no 64-bit mode with NX\n"


def test_trap_before_acpi_is_found(bare: BuildImage, tmp_path: Path) -> None:
    image = bare("kvm")
    content = bytearray(image.pvh.read_bytes())
    place = image.symbols(NO_ACPI.name)["hypervisor_init"]
    home = next(s for s in segments(bytes(content)) if s.type == PT_LOAD and s.paddr <= place < s.paddr + s.filesz)
    at = home.offset + place - home.paddr
    content[at : at + len(UD2)] = UD2
    broken = tmp_path / "trap.elf"
    broken.write_bytes(content)
    outcome = run(NO_ACPI, broken)
    assert outcome.end == "triple-fault", outcome.text
    for text in (outcome.console, outcome.debug):
        assert "exception 6: #UD invalid opcode" in text
        assert text.endswith(f"{NOTHING_WORKED}crash\n")


@pytest.mark.parametrize(
    ("cpu", "seen"),
    [("", "leaf 0x40000000 shows hypervisor 'TCGTCGTCGTCG'"), (",-hypervisor", "shows no hypervisor")],
    ids=["tcg", "none"],
)
@pytest.mark.parametrize("bed", [BARE, replace(PC, devices=())], ids=lambda bed: bed.name)
def test_image_for_xen_where_no_xen_is(bed: Qemu, cpu: str, seen: str, bare: BuildImage) -> None:
    outcome = run(replace(bed, cpu=bed.cpu + cpu), bare("xen-pvh").pvh)
    assert outcome.end == "triple-fault", outcome.text
    for text in (outcome.console, outcome.debug):
        assert f"CPUID {seen}\nplatform: this image runs on Xen only\n" in text
        assert text.endswith(f"{NOTHING_WORKED}crash\n")


def test_spec_that_forbids_a_triple_fault(tmp_path: Path) -> None:
    need.tools(gcc="gcc", ld="binutils", make="make")
    spec = own_spec(tmp_path, triple_fault=False, consoles=["debug-port"], power=["i8042"])
    image = build(str(spec), tmp_path / "image")
    outcome = run(NO_ACPI, image.pvh, "end=off", 3.0)
    assert outcome.end == "timeout"
    for text in (outcome.console, outcome.debug):
        assert text.endswith(f"{NOTHING_WORKED}power off\n")
    outcome = run(replace(BARE, cpu="qemu64,-nx"), image.pvh, limit=3.0)
    assert outcome.end == "timeout"
