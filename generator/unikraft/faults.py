# SPDX-License-Identifier: BSD-3-Clause
"""What matters in the words of a build that failed: each error at its place in a source, else make's own."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..diagnostics import Diagnostic, Location, source_line

CODE = "build"
COMPILER = re.compile(r"(/?[^\s:]+):(\d+):(?:(\d+):)? (?:fatal )?[eE]rror: (.+)")
UNDEFINED = re.compile(
    r"(?:.*/ld(?:\.\w+)?: )?(?:(/?[^\s:()]+):(?:(\d+))?:?)?.*?(undefined reference to [`']?[^`']+'?)"
)
LINKER = re.compile(r"\S*\bld(?:\.\w+)?: (?!warning|NOTE|.*in function )(.+)")
KCONFIG = re.compile(r"(/?[^\s:]+\.uk):(\d+): ?(?!warning)(?:error: )?(.+)")
SHELL = re.compile(r"(?:/bin/)?sh: (?:line )?(?:\d+: )?(.+: (?:command )?not found)")
MAKE_FILE = re.compile(r"(/?[^\s:]+):(\d+): \*\*\* (.+?)\.? +Stop\.")
MAKE = re.compile(r"make(?:\[\d+\])?: \*\*\* (.+?)\.? +Stop\.")


def faults(lines: Iterable[str], folder: Path, hint: str) -> tuple[Diagnostic, ...]:
    """All that a failed build says is wrong, each once; its last line where nothing else is known.

    Make runs in `folder`: names without a path are below it.
    """
    told = [line.strip() for line in lines if line.strip()]
    for patterns in ((COMPILER,), (UNDEFINED,), (KCONFIG,), (SHELL, LINKER), (MAKE_FILE,), (MAKE,)):
        found = dict.fromkeys(_matching(told, patterns, folder))
        if found:
            return tuple(Diagnostic(CODE, at, message, hint) for at, message in found)
    last = told[-1] if told else "make ended without a word"
    return (Diagnostic(CODE, None, last, hint),)


def _matching(
    lines: Iterable[str], patterns: tuple[re.Pattern[str], ...], folder: Path
) -> Iterator[tuple[Location | None, str]]:
    for line in lines:
        for found in filter(None, (pattern.fullmatch(line) for pattern in patterns)):
            *place, message = found.groups()
            yield _location(place, folder), message
            break


def _location(place: list[str | None], folder: Path) -> Location | None:
    """Where it is, if that is a file which is there: a linker names objects and sections, too."""
    name, *numbers = (*place, None)
    path = folder / (name or "")
    if not name or not path.is_file() or path.suffix == ".o":
        return None
    line, column, *_ = (*(int(number or 0) for number in numbers), 0, 0)
    at = Location(path, line, column)
    return at._replace(column=_column(source_line(at) or "", column)) if column else at


def _column(text: str, shown: int) -> int:
    """The character at a column: gcc lets a tab lead to the next multiple of eight, clang counts it as one."""
    if "clang" in os.environ.get("COMPILER", ""):
        return shown
    return next((at for at in range(1, len(text) + 1) if len(text[:at].expandtabs()) >= shown), shown)
