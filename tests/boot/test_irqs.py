# SPDX-License-Identifier: BSD-3-Clause
"""The long form of the check `irq_cpus`: PLATGEN_IRQS=1000000 has as many requests made on each machine."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from generator.lab.conformance import need
from generator.lab.conformance.cells import Cell
from generator.lab.conformance.declare import Variant, checks
from generator.lab.conformance.plugin import BuildImage
from generator.lab.testbed import with_kvm

REQUESTS = int(os.environ.get("PLATGEN_IRQS", "0"))
PLANS, PER_SECOND = 4, 200
CASES = [
    pytest.param(machine, variant, id=f"{machine}-{variant.argument.partition('/')[0]}")
    for machine in with_kvm(("qemu-microvm", "qemu-q35"))
    for variant in checks()
    if variant.check == "irq_cpus" and variant.runs_on(machine)
]


@pytest.mark.skipif(not REQUESTS, reason="the matrix has the short form; PLATGEN_IRQS is not set")
@pytest.mark.parametrize(("machine", "variant"), CASES)
def test_no_interrupt_is_lost(machine: str, variant: Variant, bare: BuildImage, tmp_path: Path) -> None:
    need.ready(machine)
    source = variant.argument.partition("/")[0]
    long = replace(
        variant, argument=f"{source}/{REQUESTS // PLANS}", limit=variant.limit + REQUESTS // PER_SECOND, heavy=0
    )
    result = Cell(bare("kvm"), machine, long, tmp_path).run()
    print(*(line for line in result.console.splitlines() if line.startswith("  ")), sep="\n")
    assert result.status == "pass", result
