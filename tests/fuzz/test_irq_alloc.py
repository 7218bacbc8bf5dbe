# SPDX-License-Identifier: BSD-3-Clause
"""Rows of interrupt numbers from Unikraft's allocator, which does not say when it has no more, on the host."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.lab.conformance import need

from .planted import expect_found, plant_all, run
from .targets import HERE, common

FOLDERS = common("core-contract", "core-intctlr", "device-irqs", "interrupts", "ioapic", "irq-lines-contract", "lapic")
IRQS = "common/core/core-intctlr/core_irqs.c"
DEFECTS = (
    (IRQS, "irqs[n] <= LAST_MESSAGE_IRQ", "true", "a number beyond the last is nobody's"),
    (IRQS, "uk_intctlr_irq_free(irqs, first)", "uk_intctlr_irq_free(irqs, 0)", "as many are taken as asked for"),
    (IRQS, "uk_intctlr_irq_free(irqs, n)", "uk_intctlr_irq_free(irqs, 0)", "who gets none keeps none"),
    (IRQS, "irqs[n] != irqs[first] + n - first", "false", "they are in a row"),
    (IRQS, "uk_intctlr_irq_alloc(&irqs[n], 1)", "uk_intctlr_irq_alloc(&irqs[n], count)", "who gets none keeps none"),
)


@pytest.fixture(name="program", scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need.tools(gcc="gcc")
    folder = tmp_path_factory.mktemp("irq-alloc")
    templates = plant_all(FOLDERS, DEFECTS, folder)
    for name in ("essentials", "intctlr"):
        header = folder / "core" / "uk" / f"{name}.h"
        header.parent.mkdir(parents=True, exist_ok=True)
        header.touch()
    command = ["gcc", "-g", "-O1", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined"]
    command += [f"-I{folder / 'core'}", f"-I{templates / 'common'}"]
    command += [f"-I{templates / 'common/core/core-intctlr/limits'}"]
    command += [f"-I{templates / part / 'include'}" for part in FOLDERS]
    subprocess.run([*command, str(HERE / "irq_alloc.c"), "-o", str(folder / "program")], check=True)
    return folder / "program"


def test_what_must_hold_holds(program: Path) -> None:
    done = run(program, 0)
    assert not done.returncode, done.stderr


@pytest.mark.parametrize("number", range(1, len(DEFECTS) + 1), ids=lambda number: DEFECTS[number - 1][1])
def test_defects_are_found(number: int, program: Path) -> None:
    expect_found(program, DEFECTS, number)
