# SPDX-License-Identifier: BSD-3-Clause
"""`LEVEL.yaml` -> `Level`: a generation of the core's platform interface."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from ..diagnostics import Diagnostic, Location, Outcome
from .document import Document
from .file import load
from .folders import LEVELS, level_files

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*")


class Mark(NamedTuple):
    """What tells a checkout of this level from those of its neighbours: a file, or a text in it, there or not."""

    path: str
    text: str = ""
    absent: bool = False


class Level(NamedTuple):
    """One file, all values in plain types."""

    name: str
    summary: str
    requires: tuple[str, ...]
    releases: tuple[str, ...]
    taken: tuple[str, ...]
    kconfig_redeclared: tuple[str, ...]
    marks: tuple[Mark, ...]
    document: Document


def level_names(templates: Path) -> Outcome[tuple[str, ...]]:
    """The names of all core levels, whose files are not read."""
    names: list[str] = []
    errors: list[Diagnostic] = []
    for path in level_files(templates):
        if _NAME.fullmatch(path.stem):
            names.append(path.stem)
        else:
            message = f"'{path.stem}' is not a core level's name (small letters, digits, dots, dashes)"
            errors.append(Diagnostic("bad-folder", Location(path), message, "rename the file"))
    return Outcome(tuple(names), tuple(errors))


def load_level(templates: Path, name: str) -> Outcome[Level]:
    """Read one core level; no value when its file has any error."""
    document, errors = load(templates / LEVELS / f"{name}.yaml", "level")
    if document is None or errors:
        return Outcome(None, errors)
    data = document.data
    level = Level(
        name=name,
        summary=data["summary"],
        requires=tuple(data["requires"]),
        releases=tuple(data.get("releases", ())),
        taken=tuple(data.get("taken", ())),
        kconfig_redeclared=tuple(data.get("kconfig-redeclared", ())),
        marks=tuple(Mark(**mark) for mark in data.get("marks", ())),
        document=document,
    )
    return Outcome(level)
