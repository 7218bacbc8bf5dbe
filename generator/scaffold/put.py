# SPDX-License-Identifier: BSD-3-Clause
"""Writes first files, and only where nothing is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from ..diagnostics import BadInput, Diagnostic, Location, stop
from ..tree.files import make_folders, remove_made


def obstacles(paths: Iterable[Path]) -> str:
    """What is there of these paths, as messages; nothing if all are free."""
    there = dict.fromkeys(path for path in paths if os.path.lexists(path))
    hint = "choose another name, or move it away: platgen overwrites nothing here"
    try:
        if there:
            stop(Diagnostic("exists", Location(path), "this exists already", hint) for path in there)
    except BadInput as error:
        return str(error)
    return ""


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
    text: str = _environment().get_template(f"{template}.j2").render(data)
    return text


@cache
def _environment() -> Any:
    import jinja2  # late: most commands get along without

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "files"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - none of it is HTML
    )
