# SPDX-License-Identifier: BSD-3-Clause
"""Devices in memory that do one thing wrong are refused with a line before Unikraft gets them, on the host."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.lab.conformance import need

from .planted import expect_found, plant_all, run
from .targets import HERE, common

FOLDERS = common("acpi", "acpi-registers", "aml", "boot", "clock", "core-contract", "memory-map", "virtio-mmio", "x86")
FIND, PROBE = "common/pc/virtio-mmio/virtio_mmio.c", "common/pc/virtio-mmio/virtio_mmio_probe.c"
USED = "what can work does, and nothing else"
DEFECTS = (
    (FIND, "version != 2", "version < 2", "unknown version"),
    (FIND, "version != 1", "version > 1", "unknown version"),
    (PROBE, "slot_get(slot, VIRTIO_MMIO_MAGIC) != VIRTIO_MMIO_IS_VIRTIO", "0", "none of virtio"),
    (PROBE, "!slot_get(slot, VIRTIO_MMIO_DEVICE_ID)", "0", "one line says why not"),
    (PROBE, "clock_monotonic() > end", "0", "nobody asks for ever"),
    (PROBE, "now & NEEDS_RESET", "0", USED),
    (PROBE, "status & ~now", "0", USED),
    (PROBE, "slot_get(slot, VIRTIO_MMIO_VERSION) == 1", "1", USED),
    (PROBE, "slot_get(slot, VIRTIO_MMIO_FEATURES) & VERSION_1", "0", USED),
    (PROBE, "i < MOST_QUEUES", "1", "nobody asks for ever"),
    (PROBE, 'i ? NULL : "has no queue"', "NULL", USED),
    (PROBE, "entries & (entries - 1)", "0", USED),
    (PROBE, "entries > MOST_ENTRIES", "0", USED),
    (PROBE, "slot_get(slot, VIRTIO_MMIO_QUEUE_MAX) != entries", "0", USED),
    (PROBE, "!why", "1", USED),
    (PROBE, "!ends_reset(slot) && !fault", "0", USED),
)


@pytest.fixture(name="program", scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need.tools(clang="clang")
    folder = tmp_path_factory.mktemp("virtio-mmio")
    templates = plant_all(FOLDERS, DEFECTS, folder)
    command = ["clang", "-g", "-O1", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-Wno-parentheses-equality"]
    command += ["-fsanitize=address,undefined", "-fsanitize-coverage=func,trace-pc-guard,trace-loads,trace-stores"]
    command += [f"-I{templates / 'common'}", f"-I{HERE}", *(f"-I{templates / part / 'include'}" for part in FOLDERS)]
    subprocess.run([*command, str(HERE / "virtio_mmio_device.c"), "-o", str(folder / "program")], check=True)
    return folder / "program"


def test_what_must_hold_holds(program: Path) -> None:
    done = run(program, 0)
    assert not done.returncode, done.stderr


@pytest.mark.parametrize("number", range(1, len(DEFECTS) + 1), ids=lambda number: DEFECTS[number - 1][1])
def test_defects_are_found(number: int, program: Path) -> None:
    expect_found(program, DEFECTS, number)
