# SPDX-License-Identifier: BSD-3-Clause
"""An entry of a manifest's `files` -> `File`: a source inside the component's folder, a place inside the tree."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, partial
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
    """The Kconfig symbol on which its compilation depends, with ! on its absence; empty for none."""
    facts: tuple[str, ...]
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
        if "source" not in data or not (
            manifest.is_right("files", i, "source") and manifest.is_right("files", i, "to")
        ):
            continue
        source: str = data["source"]
        to: str = data.get("to") or source.removesuffix(".j2")
        faults = [*_path_faults(data, to, i, manifest)]
        at = manifest.document.at("files", i)
        faults = faults or [*_source_faults(templates, folder, source, at)]
        errors += faults
        if not faults:
            facts = tuple(data.get("facts", ()))
            files.append(File(source, to, data.get("isr", False), data.get("kconfig", ""), facts, folder / source, at))
    return Outcome(tuple(files), tuple(errors))


def _path_faults(data: dict[str, Any], to: str, index: int, manifest: Readable) -> Iterator[Diagnostic]:
    """What is wrong with `source` and `to` as paths."""
    at = manifest.document.at
    if to == TREE_MANIFEST:
        message = f"'{to}' is reserved for platgen"
        yield Diagnostic("path-taken", at("files", index), message, "give the file another name")
    elif any(part.startswith(".") and part not in (".", "..") for part in to.split("/")):
        hint = "git, editors and platgen use such names themselves"
        yield Diagnostic("path-hidden", at("files", index, "to"), f"'{to}' would be a hidden file of the tree", hint)
    for key, whole in (("source", "component's folder"), ("to", "tree")):
        if key in data and not {"", ".", ".."}.isdisjoint(data[key].split("/")):
            hint = "a path only goes down: no '..', no '.', no '/' at either end"
            message = f"'{data[key]}' is not a path inside the {whole}"
            yield Diagnostic("path-escapes", at("files", index, key), message, hint)


def _source_faults(templates: Path, folder: Path, source: str, at: Location) -> Iterator[Diagnostic]:
    """Why a source is no file that may go into a tree."""
    origin = f"{folder}/{source}"
    place, _, name = origin.rpartition("/")
    try:
        mode = os.lstat(origin).st_mode
    except OSError:
        hint = partial(_near, place, name)
        yield Diagnostic("no-source", at, f"there is no file '{name}' here", hint)
        return
    if not (_leads_inside(str(templates), origin) if stat.S_ISLNK(mode) else _is_inside(str(templates), place)):
        message = f"'{name}' is behind a link that leaves the templates folder"
        yield Diagnostic("link-escapes", at, message)
    elif not stat.S_ISREG(mode) and not os.path.isfile(origin):
        yield Diagnostic("no-source", at, f"'{name}' is not a regular file")


def _near(folder: str, name: str) -> str:
    with suppress(OSError):
        return did_you_mean(name, os.listdir(folder))
    return ""


@cache
def _is_inside(templates: str, folder: str) -> bool:
    """Whether no link on the way leads out; many files share a folder."""
    if folder == templates:
        return True
    if os.path.islink(folder):
        return _leads_inside(templates, folder)
    return _is_inside(templates, os.path.dirname(folder))


def _leads_inside(templates: str, link: str) -> bool:
    return f"{os.path.realpath(link)}/".startswith(f"{os.path.realpath(templates)}/")
