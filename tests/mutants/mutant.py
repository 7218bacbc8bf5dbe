# SPDX-License-Identifier: BSD-3-Clause
"""One defect planted in the templates, and the platform that has it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.lab import ROOT
from generator.lab.conformance.cells import Cell, Result
from generator.lab.conformance.declare import checks
from generator.lab.conformance.images import Image, build
from generator.lab.conformance.matrix import OddCell
from generator.lab.conformance.odd import CASES

COMMON, XEN = "templates/common", "templates/xen"


@dataclass(frozen=True)
class Mutant:
    """One defect: what stands in a template, what stands there instead, and who notices."""

    name: str
    file: str
    changes: Sequence[tuple[str, str]]
    caught_by: str
    platform: str = "kvm"
    machine: str = "qemu-microvm"
    hidden: Sequence[tuple[str, str, str]] = ()
    """What the machine seems not to have, so that the defect counts: changes that are sound, each with its file."""
    limit: int = 0
    """Seconds after which a guest that waits in vain is given up: a sound one takes a fifth of it."""

    def plant(self, root: Path) -> None:
        for file, old, new in (*self.hidden, *((self.file, *change) for change in self.changes)):
            path = root / file
            text = path.read_text()
            if text.count(old) != 1:
                raise ValueError(f"{self.name}: {file} has {text.count(old)} times {old!r}")
            path.write_text(text.replace(old, new))


def on_xen(name: str, file: str, changes: Sequence[tuple[str, str]], caught_by: str, limit: int = 0) -> Mutant:
    return Mutant(name, file, changes, caught_by, "xen-pvh", "xen-dom0", limit=limit)


def as_domu(name: str, file: str, changes: Sequence[tuple[str, str]], caught_by: str, limit: int = 0) -> Mutant:
    return Mutant(name, file, changes, caught_by, "xen-pvh", "xl", limit=limit)


def broken(mutant: Mutant, sound: Image, folder: Path) -> Cell | OddCell:
    """The named check on the broken platform; only what has changed is compiled again."""
    root = folder / "root"
    for name in ("templates", "platforms"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns(f"{sound.platform}/*.[cS]"))
    mutant.plant(root)
    home = folder / "image"
    shutil.copytree(sound.folder.parent, home)
    (home / "built").unlink()
    image = build(mutant.platform, home, root=root)
    name = mutant.caught_by.removeprefix("start_info:")
    if name != mutant.caught_by:
        case = next(case for case in CASES if case.name == name)
        return OddCell(image, mutant.machine, case, folder)
    variant = next(variant for variant in checks() if variant.title == mutant.caught_by)
    variant = replace(variant, limit=mutant.limit or variant.limit)
    return Cell(image, mutant.machine, variant, folder)


def break_and_run(mutant: Mutant, sound: Image, folder: Path) -> Result:
    """What the named check says of the broken platform, at the first try."""
    cell = broken(mutant, sound, folder)
    return cell.run(tries=1) if isinstance(cell, Cell) else cell.run()
