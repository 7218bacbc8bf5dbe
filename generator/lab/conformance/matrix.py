# SPDX-License-Identifier: BSD-3-Clause
"""The matrix: which cells there are, before anything is built or booted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..testbed import machine, with_kvm
from ..testbed.target import Target
from .cells import Cell, Result
from .declare import Variant, checks
from .images import Image
from .odd import CASES, Odd

AREAS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("Boot", (1, 3, 4)),
    ("Memory", (5, 6, 7)),
    ("Faults", (8, 9, 10, 11)),
    ("Processor", (12,)),
    ("Ends and console", (13, 14, 15)),
    ("Grants and events", (16, 27)),
    ("Devices", (17, 18, 19, 20, 21, 33, 34)),
    ("Clock", (22, 23, 24, 25)),
    ("Several processors", (26,)),
    ("Control from outside", (28, 29, 30, 31)),
    ("Budgets", (32,)),
    ("Odd start_info blocks, fed by the testbed", (2,)),
)
OTHER = "Other"
SAME_AS_IN_DOM0 = {8, 9, 10, 11, 12, 26}
"""What a guest under xl handles alone, as a dom0 does: one fault stands for all, since Xen sees only the crash."""
MANY_CPUS = 4
"""Guests with more vCPUs take minutes on an emulated Xen: of them, `event_cpus` stands for `smp`."""


BY_THE_HOST = {1, 13, 22, 28, 32}
"""What a guest does with what it found on its host; the rest of an image for several is that of an image for one."""


def area(number: int) -> str:
    """The heading under which a place of the list in docs/conformance.md stands."""
    return next((title for title, numbers in AREAS if number in numbers), OTHER)


class Case(Protocol):
    """What is tried on a machine: a variant of a guest check, or an odd start_info block."""

    @property
    def title(self) -> str:
        """Its name, unlike that of all other cases."""
        ...

    @property
    def what(self) -> str:
        """What holds if it passes."""
        ...

    @property
    def number(self) -> int:
        """Its first place in the list of docs/conformance.md."""
        ...

    @property
    def memory(self) -> int:
        """MiB that the guest gets."""
        ...

    @property
    def because(self) -> str:
        """Why it does not run on other machines."""
        ...

    def runs_on(self, machine: str) -> bool:
        """Whether it makes sense on the machine of this name."""
        ...


@dataclass(frozen=True)
class OddCell:
    """An odd start_info on one machine."""

    image: Image
    machine: str
    case: Odd
    folder: Path

    @property
    def skipped(self) -> Result | None:
        """Why this cell need not run at all."""
        return None if self.case.runs_on(self.machine) else Result("skip", self.case.because)

    def run(self) -> Result:
        """Boot the image with the block in the place of the loader's, and judge."""
        if skipped := self.skipped:
            return skipped
        plain = self.image.pvh.read_bytes()
        forged = self.folder / f"{self.image.platform}-{self.machine}-{self.case.name}.elf"
        forged.write_bytes(self.case.image(plain))
        bed = machine(self.machine)
        outcome = bed.run(forged, limit=15)
        forged.unlink()
        if bed.host and not self.case.says:  # the forged map is not that of the host's machine: it has to boot, no more
            complaint = self.image.ends.complaint("poweroff", outcome)
        else:
            complaint = self.case.complaint(plain, outcome, self.image.ends)
        return Result("fail" if complaint else "pass", complaint, outcome.seconds, outcome.text, outcome.log)


@dataclass(frozen=True)
class Entry:
    """The place of one cell: a platform, a machine, a case."""

    platform: str
    """PLAT, a spec's name or path."""
    name: str
    """The spec's own name."""
    machine: str
    case: Case

    @property
    def id(self) -> str:
        """PLATFORM/MACHINE/CHECK, by which a person selects the cell."""
        return f"{self.name}/{self.machine}/{self.case.title}"

    def cell(self, image: Image, folder: Path) -> Cell | OddCell:
        """The run to be made; `folder` takes what the guest is given."""
        if isinstance(self.case, Variant):
            return Cell(image, self.machine, self.case, folder)
        assert isinstance(self.case, Odd)
        return OddCell(image, self.machine, self.case, folder)


def entries(targets: Iterable[tuple[str, Target]], whole: bool) -> Iterator[Entry]:
    """All cells of these (PLAT, target) pairs; unless `whole`, without those that another cell stands for."""
    cases: tuple[Case, ...] = (*checks(), *CASES)
    for platform, target in targets:
        for name in with_kvm(target.machines) if whole else target.machines:
            for case in cases:
                if whole or (case.runs_on(name) and not _stood_for(target, name, case)):
                    yield Entry(platform, target.spec.name, name, case)


def _stood_for(target: Target, machine_name: str, case: Case) -> bool:
    """Whether another cell shows as much as this one.

    Under xl: the same as a dom0, or with as many vCPUs. In an image for several hosts: that of a spec for one.
    """
    hosts = target.spec.machine.get("hypervisors", ())
    if isinstance(hosts, tuple) and len(hosts) > 1 and not _is_by_the_host(case):
        return True
    if machine_name != "xl" or not isinstance(case, Variant) or case.check == "exception_ud":
        return False
    is_same = case.runs_on("xen-dom0") and not SAME_AS_IN_DOM0.isdisjoint(case.numbers)
    return is_same or (case.check == "smp" and case.vcpus > MANY_CPUS)


def _is_by_the_host(case: Case) -> bool:
    if not isinstance(case, Variant):
        return False
    return not BY_THE_HOST.isdisjoint(case.numbers) or (case.check == "smp" and case.vcpus == MANY_CPUS)
