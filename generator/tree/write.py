# SPDX-License-Identifier: BSD-3-Clause
"""Writes a tree file by file, and touches nothing else in the folder.

The folder is locked (lock.py). Then

1. the journal: `.platgen.json` tells what stands there and what is being written (manifest.py);
2. every new text goes into a file of ours, `.platgen-HASH`, beside its target (files.py);
3. stale files are removed, and the new ones take their names, each in one step: an old file is taken out, then
   looked at, so that what somebody has saved there in this very moment is seen and put back;
4. the final `.platgen.json`.

A failure in the first two steps leaves the tree as it was. After a kill at any moment the next run finds each
generated file known by the journal, and makes the tree whole. What can still be lost: text that is written into a
file which was opened before step 3, and text that is saved within step 3 of a run that is killed there, or on a file
system that cannot exchange two names.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NoReturn

from ..diagnostics import BadInput, Location, fail, shown_path, stop
from . import files, manifest
from .compare import Change, Comparison, blocked, content


def write(comparison: Comparison) -> None:
    """Make the folder, which is locked, what the comparison says; nothing may be `edited`.

    Raises BadInput with a message when it cannot be done.
    """
    folder = comparison.folder
    writer = _Writer(comparison)
    try:
        writer.stage()
        writer.commit()
    except BadInput:
        writer.discard()
        raise
    except OSError as error:
        place = Path(os.fsdecode(error.filename)) if error.filename else folder
        if place.name.startswith(files.PREFIX):
            place = place.parent
        state = "is incomplete; the next run completes it" if writer.is_committing else "is unchanged"
        if writer.is_committing:
            writer.discard()
        else:
            writer.undo()
        fail("cannot-write", Location(place), f"cannot write: {error.strerror}", f"{shown_path(folder)} {state}")


def _changed(folder: Path) -> NoReturn:
    fail("changed-meanwhile", Location(folder), "files in the folder changed during this run", "run platgen again")


class _Writer:
    """The steps of one write."""

    def __init__(self, comparison: Comparison) -> None:
        self.folder = comparison.folder
        self.place = partial(os.path.join, self.folder)  # a text: hundreds of Path would take their time
        self.changes = [c for c in comparison.changes if c.verb != "unchanged" and c.path != manifest.NAME]
        self.last = next((c for c in comparison.changes if c.path == manifest.NAME), None)
        self.final = comparison.manifest
        old = {c.path: c.old for c in comparison.changes if c.old is not None and c.path != manifest.NAME}
        self.journal = self.final._replace(files=manifest.hashes(old), writing=self.final.files)
        self.paths = [c.path for c in comparison.changes]
        self.made: dict[str, str] = {}  # the texts that wait, by the path that they are for
        self.has_journal = self.is_committing = False

    def stage(self) -> None:
        """Steps 1 and 2: nothing that was there changes but the manifest."""
        files.make_folders(Path(os.path.realpath(self.folder)))
        one_in = {c.path.rpartition("/")[0]: c.path for c in self.changes if c.new is not None}
        for path in one_in.values():
            self._verify_parents(path)
        nearest = {folder: self._nearest(folder) for folder in one_in}
        for parent in {*nearest.values()}:
            if not os.access(parent, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), parent)
        if self.changes:
            self._set_manifest(self.journal.to_bytes())
            self.has_journal = True
        for path, _, old, new in self.changes:
            if new is not None:
                folder = nearest[path.rpartition("/")[0]]
                beside = self.made[path] = os.path.join(folder, files.waiting_name(path))
                files.put(beside, new, None if old is None else self.place(path))

    def commit(self) -> None:
        """Steps 3 and 4."""
        self.is_committing = True
        for change in self.changes:
            if change.new is None:
                self._remove(change)
        ready = None
        for change in self.changes:
            if change.new is not None:
                folder = change.path.rpartition("/")[0]
                if folder != ready:  # sorted as they are, few folders come twice
                    self._verify_parents(change.path)
                    files.make_folders(self.folder / folder)
                    ready = folder
                self._take_name(change, self.made[change.path])
        self._sweep()
        self._set_manifest(self.final.to_bytes())
        for change in self.changes:
            if change.new is None:
                files.remove_empty((self.folder / change.path).parent, self.folder)

    def discard(self) -> None:
        """Leave no text that waits; the journal stays and knows what has been written."""
        for beside in self.made.values():
            with suppress(OSError):
                os.unlink(beside)

    def undo(self) -> None:
        """After a failure in stage(): the manifest as it was, no text of ours left."""
        self.discard()  # first: it makes room on a full disk
        with suppress(OSError):
            if self.last is None or self.last.old is None:
                (self.folder / manifest.NAME).unlink(missing_ok=True)
            elif self.has_journal:
                self._set_manifest(self.last.old)
        self.discard()

    def _take_name(self, change: Change, beside: str) -> None:
        if change.verb == "create":
            try:
                os.link(beside, self.place(change.path))  # unlike a rename, this never replaces what has just appeared
                os.unlink(beside)
                return
            except FileExistsError:
                _changed(self.folder)
            except OSError as error:
                if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EMLINK):  # a file system without links
                    raise
        self._replace(change, Path(beside))

    def _replace(self, change: Change, beside: Path) -> None:
        place = self.folder / change.path
        self._verify(change)
        if not files.rename(beside, place, files.RENAME_EXCHANGE):
            os.replace(beside, place)
        elif _differs(beside, change.old):
            files.rename(beside, place, files.RENAME_EXCHANGE)
            if _differs(beside, change.new):  # saved once more: the newest stays
                files.rename(beside, place, files.RENAME_EXCHANGE)
            _changed(self.folder)
        else:
            beside.unlink()

    def _remove(self, change: Change) -> None:
        place = self.folder / change.path
        beside = files.beside(place.parent, change.path)
        self._verify(change)
        os.rename(place, beside)
        if _differs(beside, change.old):
            try:
                if not files.rename(beside, place, files.RENAME_NOREPLACE):
                    os.rename(beside, place)
            except FileExistsError:  # saved once more: the newest stays
                beside.unlink()
            _changed(self.folder)
        beside.unlink()

    def _verify(self, change: Change) -> None:
        """Stop when the file is not what was compared: somebody has saved it, or put a link in its place."""
        now, errors = content(self.folder, change.path, change.new is not None)
        if errors:
            stop(errors)
        if now != change.old:
            _changed(self.folder)

    def _verify_parents(self, path: str) -> None:
        """Stop when a link has appeared above the file: it would lead out of the folder."""
        blocker = blocked(self.folder, path)
        if blocker and blocker.is_symlink():
            _changed(self.folder)

    def _set_manifest(self, data: bytes) -> None:
        path = self.place(manifest.NAME)
        self.made[manifest.NAME] = beside = self.place(files.waiting_name(manifest.NAME))
        files.put(beside, data, path)
        os.replace(beside, path)

    def _nearest(self, folder: str) -> str:
        """The folder of this name within the tree, or the nearest one above it that is there."""
        while folder and not os.path.isdir(self.place(folder)):
            folder = folder.rpartition("/")[0]
        return self.place(folder)

    def _sweep(self) -> None:
        """Remove what a killed run may have left: texts that nobody needs now, in any folder above their targets."""
        parents = [PurePosixPath(folder) for folder in {path.rpartition("/")[0] for path in self.paths}]
        for folder in {place for parent in parents for place in (parent, *parent.parents)}:
            with suppress(FileNotFoundError, NotADirectoryError):
                names = [name for name in os.listdir(self.folder / folder) if name.startswith(files.PREFIX)]
                for name in {*map(files.waiting_name, self.paths)}.intersection(names) if names else ():
                    (self.folder / folder / name).unlink()


def _differs(place: Path, text: bytes | None) -> bool:
    """Whether what has been taken out of the tree is not what was compared."""
    return content(place.parent, place.name, False).value != text
