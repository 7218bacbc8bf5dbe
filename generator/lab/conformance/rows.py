# SPDX-License-Identifier: BSD-3-Clause
"""Everything that can stand in the matrix: guest checks, and start_info blocks of our own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..testbed import machine
from .cells import Cell, Result
from .declare import Variant, checks
from .images import Image
from .odd import CASES, ON_XEN, Odd

AREAS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("Boot", (1, 3, 4)),
    ("Memory", (5, 6, 7)),
    ("Faults", (8, 9, 10, 11)),
    ("Processor", (12,)),
    ("Ends and console", (13, 14, 15)),
    ("Grants and events", (16, 27)),
    ("Devices", (17, 18, 19, 20, 21, 33)),
    ("Clock", (22, 23, 24, 25)),
    ("Several processors", (26,)),
    ("Control from outside", (28, 29, 30, 31)),
    ("Budgets", (32,)),
    ("Odd start_info blocks, fed by the testbed", (2,)),
)
OTHER = "Other"


def area(number: int) -> str:
    return next((title for title, numbers in AREAS if number in numbers), OTHER)


class Row(Protocol):
    """One cell of the matrix, as the runner and the reports see it."""

    @property
    def image(self) -> Image: ...
    @property
    def machine(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def memory(self) -> int: ...
    @property
    def skipped(self) -> Result | None: ...
    def run(self) -> Result: ...


@dataclass(frozen=True, eq=False)
class OddCell:
    """An odd start_info on one machine."""

    image: Image
    machine: str
    case: Odd
    folder: Path
    number: int = 2
    memory: int = 64

    @property
    def title(self) -> str:
        return f"start_info:{self.case.name}"

    @property
    def what(self) -> str:
        return "stops with a line that says what is wrong" if self.case.says else "boots with the regions told"

    @property
    def skipped(self) -> Result | None:
        if self.machine == "qemu-microvm" or (self.machine == "xen-dom0" and self.case.name in ON_XEN):
            return None
        return Result("skip", "forged start_info blocks are fed on qemu-microvm, some of them on Xen")

    def run(self) -> Result:
        skipped = self.skipped
        if skipped:
            return skipped
        plain = self.image.pvh.read_bytes()
        forged = self.folder / f"{self.image.platform}-{self.machine}-{self.case.name}.elf"
        forged.write_bytes(self.case.image(plain))
        outcome = machine(self.machine).run(forged, limit=15)
        forged.unlink()
        on_xen = self.machine == "xen-dom0" and not self.case.says
        if on_xen:  # the forged map is not that of Xen's machine: it has to boot, no more
            complaint = self.image.ends.complaint("poweroff", outcome)
        else:
            complaint = self.case.complaint(plain, outcome, self.image.ends)
        return Result("fail" if complaint else "pass", complaint, outcome.seconds, outcome.text, outcome.log)


def rows(image: Image, machines: Sequence[str], folder: Path, variants: Sequence[Variant] | None = None) -> list[Row]:
    """All cells of one platform."""
    found: list[Row] = []
    for name in machines:
        found += [Cell(image, name, variant, folder) for variant in (variants or checks())]
        if not variants:
            found += [OddCell(image, name, case, folder) for case in CASES]
    return found
