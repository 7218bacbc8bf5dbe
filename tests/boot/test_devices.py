# SPDX-License-Identifier: BSD-3-Clause
"""Devices' interrupts where a machine lacks what the spec prefers."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.lab.conformance import need
from generator.lab.conformance.plugin import BuildImage
from tests.mutants import IOAPIC, NO_IOAPIC, Mutant, break_and_run

from .conftest import expect_pass


@pytest.mark.parametrize(
    ("check", "machine"),
    [
        ("device_irq:0", "qemu-pc"),
        ("device_line:acpi", "qemu-microvm"),
        ("line_cpus:1000,vcpus=2", "qemu-pc"),
        ("lint0:vcpus=4", "qemu-microvm"),
    ],
)
def test_an_8259_serves_devices_where_no_ioapic_is(check: str, machine: str, bare: BuildImage, tmp_path: Path) -> None:
    need.ready(machine)
    without = Mutant("no-ioapic", IOAPIC, [], check, machine=machine, hidden=NO_IOAPIC)
    expect_pass(break_and_run(without, bare("kvm"), tmp_path))
