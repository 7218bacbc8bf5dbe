# SPDX-License-Identifier: BSD-3-Clause
"""What the unit tests share besides fixtures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

SMALL = Path(__file__).parent / "data" / "small"
ROOT = Path(__file__).parent.parent.parent


class Result(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Result]


def snapshot(folder: Path) -> dict[str, bytes | str | None]:
    """Every file, link and folder below `folder`."""
    found: dict[str, bytes | str | None] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        found[name] = str(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else None
    return found
