# SPDX-License-Identifier: BSD-3-Clause
"""An entry of a manifest's `files` -> `File`: a source inside the component's folder, a place inside the tree."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from .. import TREE_MANIFEST
from ..diagnostics import Diagnostic, Location, Outcome, did_you_mean
from .readable import Readable


class File(NamedTuple):
    """One file a component yields: `source` below the component's folder, `to` in the tree."""

    source: str
    to: str
    isr: bool
    kconfig: str
    origin: Path
    location: Location

    @property
    def is_template(self) -> bool:
        """Whether data goes in; all others are copied as they are."""
        return self.source.endswith(".j2")

    @property
    def is_compiled(self) -> bool:
        """Whether the file is a source of the build; a linker script is not."""
        return self.to.endswith((".c", ".S")) and not self.to.endswith(".lds.S")


def load_files(templates: Path, folder: Path, manifest: Readable) -> Outcome[tuple[File, ...]]:
    """The files of a component in `folder`; errors of the manifest itself are left to the schema."""
    files: list[File] = []
    errors: list[Diagnostic] = []
    for i, entry in manifest.items("files"):
        data: dict[str, Any] = entry if isinstance(entry, dict) else {"source": entry}
        if "source" not in data or not all(manifest.is_right("files", i, key) for key in ("source", "to")):
            continue
        at = manifest.document.at("files", i)
        origin = folder / data["source"]
        faults = tuple(_path_faults(data, i, manifest)) or tuple(_source_faults(templates, origin, at))
        errors += faults
        if not faults:
            to = data.get("to") or data["source"].removesuffix(".j2")
            files.append(File(data["source"], to, data.get("isr", False), data.get("kconfig", ""), origin, at))
    return Outcome(tuple(files), tuple(errors))


def _path_faults(data: dict[str, Any], index: int, manifest: Readable) -> Iterator[Diagnostic]:
    """What is wrong with `source` and `to` as paths."""
    to = data.get("to") or data["source"].removesuffix(".j2")
    places = {"source": "component's folder", "to": "tree"}
    if to == TREE_MANIFEST:
        at = manifest.document.at("files", index)
        yield Diagnostic("path-taken", at, f"'{to}' is the generator's own file", "give the file another name")
    elif any(part.startswith(".") and part not in (".", "..") for part in to.split("/")):
        at = manifest.document.at("files", index, "to")
        hint = "git, editors and platgen keep files of their own under such names"
        yield Diagnostic("path-hidden", at, f"'{to}' would be a hidden file of the tree", hint)
    for key in places.keys() & data.keys():
        path: str = data[key]
        if not {"", ".", ".."}.isdisjoint(path.split("/")):
            at = manifest.document.at("files", index, key)
            hint = "a path goes down only: no '..', no '.', no '/' at either end"
            yield Diagnostic("path-escapes", at, f"'{path}' is not a path inside the {places[key]}", hint)


def _source_faults(templates: Path, origin: Path, at: Location) -> Iterator[Diagnostic]:
    """Why a source is no file that may go into a tree."""
    if not os.path.lexists(origin):

        def hint() -> str:
            return did_you_mean(origin.name, (path.name for path in origin.parent.glob("*")))

        yield Diagnostic("no-source", at, f"there is no file '{origin.name}' here", hint)
        return
    inside = _is_inside(templates, origin.parent)
    if origin.is_symlink():
        inside = os.path.realpath(origin).startswith(os.path.realpath(templates) + "/")
    if not inside:
        message = f"'{origin.name}' is reached by a link that leaves the templates folder"
        yield Diagnostic("link-escapes", at, message)
    elif not origin.is_file():
        yield Diagnostic("no-source", at, f"'{origin.name}' is not a regular file")


@cache
def _is_inside(templates: Path, folder: Path) -> bool:
    """Whether no link on the way leads out; many files share a folder."""
    if folder == templates:
        return True
    if folder.is_symlink():
        return f"{os.path.realpath(folder)}/".startswith(f"{os.path.realpath(templates)}/")
    return _is_inside(templates, folder.parent)
