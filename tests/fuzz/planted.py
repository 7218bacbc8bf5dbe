# SPDX-License-Identifier: BSD-3-Clause
"""One program with all defects, of which its argument chooses one: it is compiled once."""

from __future__ import annotations

import subprocess
from pathlib import Path

from .targets import TEMPLATES

Defect = tuple[str, str, str, str]
"""A file, an expression of it, what is there in its place, and what the program then says."""


def plant_all(folders: tuple[str, ...], defects: tuple[Defect, ...], root: Path) -> Path:
    """A copy of these folders' C files below `root`, with all defects; returns its templates folder.

    The program has an integer `planted`: the number of the defect that counts, from 1 on, or 0.
    """
    templates = root / "templates"
    for path in (path for name in folders for path in (TEMPLATES / name).rglob("*.[ch]")):
        text = path.read_text()
        for number, (file, old, new, _) in enumerate(defects, 1):
            if TEMPLATES / file == path:
                assert text.count(old) == 1, old
                text = text.replace(old, f"(planted == {number} ? ({new}) : (@{number}@))")
        for number, defect in enumerate(defects, 1):
            text = text.replace(f"@{number}@", defect[1])
        copy = templates / path.relative_to(TEMPLATES)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text)
    return templates


def run(program: Path, defect: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(program), str(defect)], capture_output=True, text=True, timeout=60, check=False)


def expect_found(program: Path, defects: tuple[Defect, ...], number: int) -> None:
    done = run(program, number)
    assert done.returncode
    assert defects[number - 1][3] in done.stderr
