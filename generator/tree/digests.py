# SPDX-License-Identifier: BSD-3-Clause
"""`NAME.hashes`: one line with core level and digest for each tree of a platform that is not kept as files."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ..diagnostics import Diagnostic, Location, Outcome, read_file
from .compare import Change, Verb


class Digests(NamedTuple):
    """The file as it stands."""

    path: Path
    raw: bytes | None = None
    """None: there is none."""
    lines: Mapping[str, int] = {}
    """The first line of each core level."""

    def becomes(self, digests: Mapping[str, str]) -> Change | None:
        """The change to these digests by core level; None where there is no file and need be none."""
        new = "".join(f"{level} {digests[level]}\n" for level in sorted(digests)).encode() or None
        if self.raw is None and new is None:
            return None
        verb: Verb = "update"
        if self.raw == new:
            verb = "unchanged"
        elif self.raw is None or new is None:
            verb = "create" if self.raw is None else "remove"
        return Change(self.path.name, verb, self.raw, new)


def read(path: Path) -> Outcome[Digests]:
    """Read the file; where there is none it is empty."""
    if not os.path.lexists(path):
        return Outcome(Digests(path))
    raw, errors = read_file(path, "delete it and run gen")
    lines: dict[str, int] = {}
    for i, line in enumerate((raw or b"").decode("utf-8", "replace").split("\n"), 1):
        if line:
            lines.setdefault(line.split(" ", 1)[0], i)
    return Outcome(Digests(path, raw, lines), errors)


def check_levels(digests: Digests, known: Collection[str], folder: str) -> Iterator[Diagnostic]:
    """Each core level of the file is one of the `known`, whose files are in `folder`."""
    for name in sorted(digests.lines.keys() - set(known)):
        message = f"core level '{name}' has a digest here, but there is no {folder}/{name}.yaml"
        hint = "delete the line if the level no longer exists"
        yield Diagnostic("level-gone", Location(digests.path, digests.lines[name], 1), message, hint)
