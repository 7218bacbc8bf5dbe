# SPDX-License-Identifier: BSD-3-Clause
"""Compares a rendered tree with a folder: what a write would do, file by file.

The folder's `.platgen.json` holds the hashes of what the generator last wrote there. A file that
has neither that hash nor the new content was edited by hand. Nothing here writes.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

from generator.components import TREE_MANIFEST
from generator.diagnostics import Diagnostics, Location
from generator.render import Tree

Verb = Literal["create", "update", "unchanged", "remove", "edited"]
FORMAT = 1


class Change(NamedTuple):
    """What happens to one file, and what it holds before and after (None: it is not there)."""

    path: str
    verb: Verb
    old: bytes | None
    new: bytes | None


class Comparison(NamedTuple):
    """A folder against a tree: all files, the unchanged ones too, sorted by path."""

    folder: Path
    changes: tuple[Change, ...]

    @property
    def edited(self) -> tuple[str, ...]:
        """Files edited by hand: nothing is written over them."""
        return tuple(change.path for change in self.changes if change.verb == "edited")

    @property
    def same(self) -> bool:
        """Whether there is nothing to do."""
        return all(change.verb == "unchanged" for change in self.changes)


def with_manifest(tree: Tree, spec: str, level: str) -> Tree:
    """The tree and its `.platgen.json`: sorted, no date, no path of the user."""
    data = {"format": FORMAT, "spec": spec, "level": level, "files": hashes(tree)}
    return {**tree, TREE_MANIFEST: (json.dumps(data, indent=1) + "\n").encode()}


def hashes(tree: Tree) -> dict[str, str]:
    """SHA-256 of each file, by path."""
    return {path: sha256(tree[path]).hexdigest() for path in sorted(tree)}


def compare(tree: Tree, folder: Path, found: Diagnostics, *, force: bool = False) -> Comparison:
    """What writing `tree` to `folder` would do.

    `force` gives edited files up: they become `update` and `remove`. What stands in the way of a
    file (a folder, a link in its path) is an error in `found`.
    """
    if os.path.lexists(folder) and not folder.is_dir():
        found.error("in-the-way", Location(folder), "not a folder", "remove it, or choose another place with -o")
        return Comparison(folder, ())
    written = _written(folder, found)
    changes: list[Change] = []
    for path in sorted({*tree, *written}):
        new = tree.get(path)
        if new is None and _blocked(folder, path):
            continue  # a stale file that is gone with its folder
        old = _old(folder, path, new is not None, found)
        if old is None and new is None:
            continue
        verb: Verb
        if old == new:
            verb = "unchanged"
        elif old is None:
            verb = "create"
        elif not force and path != TREE_MANIFEST and sha256(old).hexdigest() != written.get(path):
            verb = "edited"
        else:
            verb = "remove" if new is None else "update"
        changes.append(Change(path, verb, old, new))
    _check_parents(folder, changes, found)
    return Comparison(folder, tuple(changes))


def _old(folder: Path, path: str, wanted: bool, found: Diagnostics) -> bytes | None:
    """The file's bytes; a link or a special file counts as a file with other content, and is not followed."""
    place = folder / path
    try:
        mode = os.lstat(place).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISDIR(mode):
        if wanted:
            found.error("in-the-way", Location(place), f"a folder stands where the file '{path}' must go", "remove it")
        return None
    if not stat.S_ISREG(mode):
        return b"\0" + (os.fsencode(os.readlink(place)) if stat.S_ISLNK(mode) else b"")
    try:
        return place.read_bytes()
    except OSError as error:
        found.error("cannot-read", Location(place), f"cannot read: {error.strerror}")
        return None


def _blocked(folder: Path, path: str) -> Path | None:
    """The first parent of `path` below `folder` that exists and is not a plain folder."""
    place = folder
    for part in path.split("/")[:-1]:
        place = place / part
        if os.path.lexists(place) and (place.is_symlink() or not place.is_dir()):
            return place
    return None


def _check_parents(folder: Path, changes: list[Change], found: Diagnostics) -> None:
    going = {folder / change.path for change in changes if change.verb == "remove"}
    for change in changes:
        blocker = _blocked(folder, change.path) if change.new is not None else None
        if blocker and blocker not in going:
            message = f"'{change.path}' needs a folder where there is a {'link' if blocker.is_symlink() else 'file'}"
            found.error(
                "in-the-way", Location(blocker), message, "remove it; the generator does not write through links"
            )


def _written(folder: Path, found: Diagnostics) -> Mapping[str, str]:
    """The hashes in the folder's manifest; none when there is no manifest."""
    path = folder / TREE_MANIFEST
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        found.error("cannot-read", Location(path), f"cannot read: {error.strerror}")
        return {}
    except (ValueError, RecursionError) as error:
        at = Location(path, getattr(error, "lineno", 0), getattr(error, "colno", 0))
        found.error(
            "bad-manifest",
            at,
            "this is not JSON",
            "restore it, or delete it: then every file that differs counts as edited",
        )
        return {}
    files = data.get("files") if isinstance(data, dict) and data.get("format") == FORMAT else None
    if not isinstance(files, dict) or not all(_is_entry(path, digest) for path, digest in files.items()):
        message = f"not a manifest of format {FORMAT}, or one with a path that leaves the folder"
        found.error(
            "bad-manifest",
            Location(path),
            message,
            "restore it, or delete it: then every file that differs counts as edited",
        )
        return {}
    return files


def _is_entry(path: str, digest: object) -> bool:
    parts = path.split("/")
    return isinstance(digest, str) and "\0" not in path and not {"", ".", ".."} & set(parts) and path != TREE_MANIFEST
