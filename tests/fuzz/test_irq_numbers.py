# SPDX-License-Identifier: BSD-3-Clause
"""Whatever number firmware leaves for a device's interrupt, it opens its own input or none, on the host."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.lab.conformance import need

from .planted import expect_found, plant_all, run
from .targets import HERE, common

FOLDERS = common(
    *("acpi", "acpi-registers", "aml", "boot", "core-contract", "cpus", "device-irqs", "interrupts", "ioapic"),
    *("irq-lines-contract", "lapic", "madt", "memory-map", "mp-table", "pci", "pci-irq", "x86"),
)
IRQS, PIC = "common/pc/device-irqs/device_irqs.c", "common/pc/device-irqs/include/plat/pic_lines.h"
ROUTES, IOAPIC = "common/pc/pci-irq/pci_irq.c", "common/pc/ioapic/ioapic.c"
TABLES = "common/pc/ioapic/ioapic_tables.c"
DEFECTS = (
    (ROUTES, "line == CASCADE_LINE", "false", "a number that no controller has is refused"),
    (ROUTES, "line == TIMER_LINE", "false", "a number that no controller has is refused"),
    (ROUTES, "pin > PINS", "false", "a device has four pins"),
    (PIC, "line != PIC_CASCADE", "true", "who waits in vain is told"),
    (PIC, "line < PIC_LINES", "true", "a number that no controller has is refused"),
    (IRQS, "ioapic_lines[i].gsi == ioapic_lines[irq].gsi", "false", "a pin keeps its vector"),
    (IRQS, "lines[irq].how == how", "true", "a line in use otherwise is refused"),
    (IRQS, "irq <= LAST_MESSAGE_IRQ", "true", "the platform's own numbers are no device's"),
    (IRQS, "irq_message_set_cpu(irq, cpu)", "true", "nor can it be configured"),
    (TABLES, "gsi < IOAPIC_GSIS", "true", "runtime error"),
    (IOAPIC, "count > 0", "true", "the IOAPIC is found"),
    (IOAPIC, "LINT0_MASKED", "LINT0_EXTINT", "leaves the lines to the 8259s"),
)


@pytest.fixture(name="program", scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need.tools(gcc="gcc")
    folder = tmp_path_factory.mktemp("irq-numbers")
    templates = plant_all(FOLDERS, DEFECTS, folder)
    command = ["gcc", "-g", "-O1", "-std=gnu11", "-Wall", "-Wextra", "-Werror"]
    command += ["-fsanitize=address,undefined", "-fno-sanitize-recover=undefined"]
    command += [f"-I{HERE / 'lines'}", f"-I{HERE / 'pins'}", f"-I{HERE / 'include'}", "-DMACHINE_MAX_CPUS=8"]
    command += [f"-I{templates / 'common'}", f"-I{HERE}", *(f"-I{templates / part / 'include'}" for part in FOLDERS)]
    subprocess.run([*command, str(HERE / "irq_numbers.c"), "-o", str(folder / "program")], check=True)
    return folder / "program"


def test_what_must_hold_holds(program: Path) -> None:
    done = run(program, 0)
    assert not done.returncode, done.stderr


@pytest.mark.parametrize("number", range(1, len(DEFECTS) + 1), ids=lambda number: DEFECTS[number - 1][1])
def test_defects_are_found(number: int, program: Path) -> None:
    expect_found(program, DEFECTS, number)
