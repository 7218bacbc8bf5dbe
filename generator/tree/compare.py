# SPDX-License-Identifier: BSD-3-Clause
"""Compares a rendered tree with a folder: what a write would do, file by file.

The folder's `.platgen.json` (manifest.py) holds the hashes of what the generator wrote there. A file that
has neither such a hash nor the new content was edited by hand. Nothing here writes.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from ..diagnostics import Diagnostic, Diagnostics, Location, Outcome
from ..reading import NotAFileError, TooBigError, read
from . import manifest
from .manifest import Manifest
from .render import Tree

Verb = Literal["create", "update", "unchanged", "remove", "edited"]


class Change(NamedTuple):
    """What happens to one file, and what it holds before and after (None: it is not there)."""

    path: str
    verb: Verb
    old: bytes | None
    new: bytes | None


class Comparison(NamedTuple):
    """A folder against a tree: all files, the unchanged ones too, sorted by path."""

    folder: Path
    manifest: Manifest
    changes: tuple[Change, ...]

    @property
    def edited(self) -> tuple[str, ...]:
        """Files edited by hand: nothing is written over them."""
        return tuple(change.path for change in self.changes if change.verb == "edited")

    @property
    def same(self) -> bool:
        """Whether there is nothing to do."""
        return all(change.verb == "unchanged" for change in self.changes)


def manifest_of(tree: Tree, spec: str, level: str) -> Manifest:
    """What `.platgen.json` will say of a tree."""
    return Manifest(spec, level, manifest.hashes(tree))


def compare(tree: Tree, folder: Path, new: Manifest, *, force: bool = False) -> Outcome[Comparison]:
    """What writing `tree` with its manifest to `folder` would do.

    A folder that holds the tree of another spec is an error, unless forced.
    `force` gives edited files up: they become `update` and `remove`. What stands in the way of a
    file (a folder, a link in its path) is an error, and so is what cannot be read.
    """
    try:
        return _compare(tree, folder, new, force)
    except OSError as error:
        place = Path(os.fsdecode(error.filename)) if error.filename else folder
        return Outcome(None, (Diagnostic("cannot-read", Location(place), f"cannot read: {error.strerror}"),))


def check_place(folder: Path, option: str = "-o") -> Iterator[Diagnostic]:
    """A folder is there, or can be made; `option` names another one."""
    hint = f"remove it, or choose another place with {option}"
    for place in (folder, *folder.absolute().parents):
        try:
            if not stat.S_ISDIR(os.stat(place).st_mode):
                yield Diagnostic("in-the-way", Location(place), "not a folder", hint)
            return
        except (FileNotFoundError, NotADirectoryError):
            if os.path.islink(place):
                yield Diagnostic("in-the-way", Location(place), "a link that leads nowhere", hint)
                return
        except OSError as error:
            yield Diagnostic("in-the-way", Location(place), f"a tree cannot go here: {error.strerror}", hint)
            return


def _compare(tree: Tree, folder: Path, new: Manifest, force: bool) -> Outcome[Comparison]:
    found = Diagnostics()
    written = found.take(manifest.read(folder)) or manifest.EMPTY
    if written.spec not in ("", new.spec) and not force:
        message = f"this folder holds the tree of '{written.spec}', not of '{new.spec}'"
        hint = "choose another folder with -o, or overwrite that tree with --force"
        return Outcome(None, (Diagnostic("other-spec", Location(folder / manifest.NAME), message, hint),))
    whole = {**tree, manifest.NAME: new.to_bytes()}
    changes: list[Change] = []
    for path in sorted({*whole, *written.files, *written.writing}):
        data = whole.get(path)
        if data is None and blocked(folder, path):
            continue  # a stale file that is gone with its folder
        old = found.take(content(folder, path, data is not None))
        if old is None and data is None:
            continue
        verb: Verb
        if old == data:
            verb = "unchanged"
        elif old is None:
            verb = "create"
        elif not force and path != manifest.NAME and not written.knows(path, old):
            verb = "edited"
        else:
            verb = "remove" if data is None else "update"
        changes.append(Change(path, verb, old, data))
    return Outcome(Comparison(folder, new, tuple(changes)), (*found, *_check_parents(folder, changes)))


def content(folder: Path, path: str, wanted: bool) -> Outcome[bytes]:
    """The file's bytes; no value where there is none. If the file is `wanted`, a folder in its place is an error.

    A link, a special file and one that is too large to be ours count as files with other content, which is not read.
    """
    try:
        mode = os.lstat(f"{folder}/{path}").st_mode
    except (FileNotFoundError, NotADirectoryError):
        return Outcome(None)
    place = folder / path
    if stat.S_ISDIR(mode):
        message = f"there is a folder where the file '{path}' must go"
        return Outcome(None, (Diagnostic("in-the-way", Location(place), message, "remove it"),) if wanted else ())
    if not stat.S_ISREG(mode):
        return Outcome(b"\0" + (os.fsencode(os.readlink(place)) if stat.S_ISLNK(mode) else b""))
    try:
        return Outcome(read(place, follow=False))
    except TooBigError as error:
        return Outcome(b"\0%d bytes" % error.size)
    except NotAFileError:
        return Outcome(b"\0")
    except OSError as error:
        return Outcome(None, (Diagnostic("cannot-read", Location(place), f"cannot read: {error.strerror}"),))


def blocked(folder: Path, path: str) -> Path | None:
    """The first parent of `path` below `folder` that exists and is not a plain folder."""
    place = os.fspath(folder)
    for part in path.split("/")[:-1]:
        place = f"{place}/{part}"
        try:
            if not stat.S_ISDIR(os.lstat(place).st_mode):
                return Path(place)
        except OSError:  # what is not there blocks nothing
            return None
    return None


def _check_parents(folder: Path, changes: list[Change]) -> Iterator[Diagnostic]:
    """Every file that is to come has folders above it, no links and no files that stay."""
    going = {folder / change.path for change in changes if change.verb == "remove"}
    one_in = {change.path.rpartition("/")[0]: change.path for change in changes if change.new is not None}
    found = {parent: blocked(folder, path) for parent, path in one_in.items()}
    for change in changes:
        blocker = found[change.path.rpartition("/")[0]] if change.new is not None else None
        if blocker and blocker not in going:
            message = f"'{change.path}' needs a folder where there is a {'link' if blocker.is_symlink() else 'file'}"
            hint = "remove it; platgen does not write through links"
            yield Diagnostic("in-the-way", Location(blocker), message, hint)
