# SPDX-License-Identifier: BSD-3-Clause
"""Writes first files, and only where nothing is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from .. import own_templates
from ..diagnostics import Diagnostics, Location
from ..tree.files import make_folders, remove_made


def obstacles(paths: Iterable[Path]) -> Diagnostics:
    """An error for each of these paths that is there."""
    found = Diagnostics()
    hint = "choose another name, or move it away: platgen overwrites nothing here"
    for path in paths:
        if os.path.lexists(path):
            found.error("exists", Location(path), "this exists already", hint)
    return found


def put(made: Mapping[Path, str]) -> None:
    """Write all files or, where that fails, none. Raises OSError."""
    done: list[Path] = []
    try:
        for path, text in made.items():
            make_folders(path.parent)
            with path.open("x", encoding="utf-8") as file:
                done.append(path)
                file.write(text)
    except OSError:
        for path in done:
            with suppress(OSError):
                path.unlink()
        remove_made()
        raise


def render(template: str, /, **data: Any) -> str:
    """The text of a template of `files/`; what it prints has been checked or quoted."""
    return own_templates.render(Path(__file__).parent / "files" / f"{template}.j2", **data)
