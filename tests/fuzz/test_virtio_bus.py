# SPDX-License-Identifier: BSD-3-Clause
"""Which virtio devices in memory Unikraft's driver is told of, on the host."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.lab.conformance import need

from .targets import HERE, TEMPLATES, common, plant

FOLDERS = common(
    *("acpi", "acpi-registers", "aml", "boot", "core-contract", "irq-lines-contract", "memory-map"),
    *("clock", "virtio-mmio", "virtio-mmio-bus", "x86"),
)
BUS = "common/core/virtio-mmio-bus/virtio_mmio_bus.c"
CORE = ("alloc", "bus/platform", "init")
"""Unikraft's headers: virtio_bus.c has what the bus takes of them."""


def run(folder: Path, templates: Path = TEMPLATES) -> subprocess.CompletedProcess[str]:
    need.tools(gcc="gcc")
    for name in (*(f"uk/{name}" for name in CORE), "virtio/virtio_mmio"):
        header = folder / "core" / f"{name}.h"
        header.parent.mkdir(parents=True, exist_ok=True)
        header.touch()
    program = folder / "bus"
    command = ["gcc", "-g", "-O1", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined"]
    command += [f"-I{folder / 'core'}", f"-I{templates / 'common'}", f"-I{HERE}"]
    command += [f"-I{templates / part / 'include'}" for part in FOLDERS]
    subprocess.run([*command, str(HERE / "virtio_bus.c"), "-o", str(program)], check=True)
    return subprocess.run([str(program)], capture_output=True, text=True, timeout=60, check=False)


def test_what_must_hold_holds(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert not done.returncode, done.stderr


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("usable[i] = virtio_mmio_works(&slots[i]) &&", "usable[i] =", "a device is tried once"),
        ("usable[slots_count] = virtio_mmio_works(&slot);", "usable[slots_count] = true;", "a line says which device"),
        ("		if (slots[i].base == slot->base)\n", "		if (!slot)\n", "a device is tried once"),
        (" && !virtio_mmio_taken(&slots[i])", "", "all devices are added"),
        ("slot->level, slot->low", "!slot->level, slot->low", "how a line is driven"),
        ("slot->level, slot->low", "slot->level, !slot->low", "how a line is driven"),
        (
            "			words[kept++] = words[i];",
            "			words[i] = words[kept++];",
            "words that name devices are gone",
        ),
    ],
)
def test_defects_are_found(old: str, new: str, said: str, tmp_path: Path) -> None:
    done = run(tmp_path, plant(FOLDERS, BUS, old, new, tmp_path))
    assert done.returncode
    assert said in done.stderr
