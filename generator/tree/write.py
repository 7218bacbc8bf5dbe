# SPDX-License-Identifier: BSD-3-Clause
"""Writes a tree file by file, and touches nothing else in the folder.

One run at a time has a folder: its lock is flock(2) on the folder itself. Under it,

1. the journal: `.platgen.json` tells what stands there and what is being written (manifest.py);
2. every new text goes into a file of ours, `.platgen-HASH`, beside its target;
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
import fcntl
import hashlib
import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ..diagnostics import BadInput, Diagnostics, Location, fail, shown_path
from . import manifest
from .compare import Change, Comparison, blocked, content

PREFIX = ".platgen-"
"""Names of this kind in an output folder are the generator's."""

AT_FDCWD, RENAME_NOREPLACE, RENAME_EXCHANGE = -100, 1, 2  # linux/fcntl.h, linux/fs.h

QUIET_SECONDS = 1.0

_held: list[int] = []  # the kernel frees the locks of a process that ends
_new: list[Path] = []  # folders that this run made


def lock(folders: Iterable[Path]) -> None:
    """Wait until no other run writes these folders, and hold them until `unlock`.

    A folder that does not exist is made: its lock is the folder itself. All runs lock in the same order,
    so none waits in a circle. What cannot be made or locked is left to the steps that follow.
    """
    for place in sorted({Path(os.path.realpath(folder)) for folder in folders}):
        with suppress(OSError):
            while not _lock(place):
                pass


def _lock(place: Path) -> bool:
    """Lock a folder; False when another run removed it while this one waited."""
    _make_folders(place)
    handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    _held.append(handle)
    _wait(handle, place)
    return place.is_dir() and os.path.samestat(os.fstat(handle), os.stat(place))


def _wait(handle: int, place: Path) -> None:
    """Wait for the lock; who waits long is told what for."""
    end = time.monotonic() + QUIET_SECONDS
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                break
            time.sleep(0.02)
    print(f"platgen: waiting for another run that writes {shown_path(place)}", file=sys.stderr, flush=True)
    return fcntl.flock(handle, fcntl.LOCK_EX)


def unlock() -> None:
    """Free all folders; those that this run made and left empty go."""
    while _new:
        with suppress(OSError):
            _new.pop().rmdir()
    while _held:
        os.close(_held.pop())


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
        if place.name.startswith(PREFIX):
            place = place.parent
        state = "is incomplete; the next run completes it" if writer.is_committing else "is as it was"
        if writer.is_committing:
            writer.discard()
        else:
            writer.undo()
        fail("cannot-write", Location(place), f"cannot write: {error.strerror}", f"{shown_path(folder)} {state}")


def replace_file(path: Path, data: bytes | None) -> None:
    """Replace one file in one step; None removes it."""
    try:
        if data is None:
            path.unlink()
            return
        beside = _beside(path.parent, path.name)
        try:
            _put(beside, data, path)
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        fail("cannot-write", Location(path), f"cannot write: {error.strerror}", f"{path.name} is as it was")


def _changed(folder: Path) -> None:
    fail("changed-meanwhile", Location(folder), "files in the folder changed during this run", "run it again")


class _Writer:
    """The steps of one write."""

    def __init__(self, comparison: Comparison) -> None:
        self.folder = comparison.folder
        self.changes = [c for c in comparison.changes if c.verb != "unchanged" and c.path != manifest.NAME]
        self.last = next((c for c in comparison.changes if c.path == manifest.NAME), None)
        self.final = comparison.manifest
        old = {c.path: c.old for c in comparison.changes if c.old is not None and c.path != manifest.NAME}
        self.journal = self.final._replace(files=manifest.hashes(old), writing=self.final.files)
        self.paths = [c.path for c in comparison.changes]
        self.made: dict[str, Path] = {}  # the texts that wait, by the path that they are for
        self.has_journal = self.is_committing = False

    def stage(self) -> None:
        """Steps 1 and 2: nothing that was there changes but the manifest."""
        _make_folders(Path(os.path.realpath(self.folder)))
        replace = [c for c in self.changes if c.new is not None]
        for change in replace:
            self._verify_parents(change.path)
            parent = self._nearest(change.path)
            if not os.access(parent, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(parent))
        if self.changes:
            self._set_manifest(self.journal.to_bytes())
            self.has_journal = True
        for change in replace:
            assert change.new is not None
            self.made[change.path] = _beside(self._nearest(change.path), change.path)
            _put(self.made[change.path], change.new, self.folder / change.path)

    def commit(self) -> None:
        """Steps 3 and 4."""
        self.is_committing = True
        for change in self.changes:
            if change.new is None:
                self._remove(change)
        for change in self.changes:
            if change.new is not None:
                self._take_name(change, self.made[change.path])
        for path in self.paths:  # a killed run may have left a text that nobody needs now, in any folder above
            for parent in Path(path).parents:
                with suppress(FileNotFoundError, NotADirectoryError):
                    _beside(self.folder / parent, path).unlink()
        self._set_manifest(self.final.to_bytes())
        for change in self.changes:
            if change.new is None:
                _remove_empty((self.folder / change.path).parent, self.folder)

    def discard(self) -> None:
        """Leave no text that waits; the journal stays and knows what has been written."""
        for beside in self.made.values():
            with suppress(OSError):
                beside.unlink(missing_ok=True)

    def undo(self) -> None:
        """After a failure in stage(): the manifest as it was, no text of ours left."""
        self.discard()  # first: it makes room on a full disk
        with suppress(OSError):
            if self.last is None or self.last.old is None:
                (self.folder / manifest.NAME).unlink(missing_ok=True)
            elif self.has_journal:
                self._set_manifest(self.last.old)
        self.discard()

    def _take_name(self, change: Change, beside: Path) -> None:
        place = self.folder / change.path
        self._verify_parents(change.path)
        _make_folders(place.parent)
        try:
            if change.verb == "create":
                os.link(beside, place)  # unlike a rename, this never replaces what has just appeared
                beside.unlink()
                return
        except FileExistsError:
            _changed(self.folder)
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EMLINK):  # a file system without links
                raise
        self._verify(change)
        if not _rename(beside, place, RENAME_EXCHANGE):
            os.replace(beside, place)
        elif _differs(beside, change.old):
            _rename(beside, place, RENAME_EXCHANGE)
            if _differs(beside, change.new):  # saved once more: the newest stays
                _rename(beside, place, RENAME_EXCHANGE)
            _changed(self.folder)
        else:
            beside.unlink()

    def _remove(self, change: Change) -> None:
        place = self.folder / change.path
        beside = _beside(place.parent, change.path)
        self._verify(change)
        os.rename(place, beside)
        if _differs(beside, change.old):
            try:
                if not _rename(beside, place, RENAME_NOREPLACE):
                    os.rename(beside, place)
            except FileExistsError:  # saved once more: the newest stays
                beside.unlink()
            _changed(self.folder)
        beside.unlink()

    def _verify(self, change: Change) -> None:
        """Stop when the file is not what was compared: somebody has saved it, or put a link in its place."""
        found = Diagnostics()
        now = content(self.folder, change.path, change.new is not None, found)
        found.stop_if_any()
        if now != change.old:
            _changed(self.folder)

    def _verify_parents(self, path: str) -> None:
        """Stop when a link has appeared above the file: it would lead out of the folder."""
        blocker = blocked(self.folder, path)
        if blocker and blocker.is_symlink():
            _changed(self.folder)

    def _set_manifest(self, data: bytes) -> None:
        path = self.folder / manifest.NAME
        self.made[manifest.NAME] = beside = _beside(self.folder, manifest.NAME)
        _put(beside, data, path)
        os.replace(beside, path)

    def _nearest(self, path: str) -> Path:
        """The folder of `path`, or the nearest one above it that is there."""
        place = (self.folder / path).parent
        while place != self.folder and not place.is_dir():
            place = place.parent
        return place


def _rename(one: Path, other: Path, flag: int) -> bool:
    """renameat2(2): exchange two names, or never replace what is there; False where that is not to be had."""
    import ctypes  # late: most runs do not need it

    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call and call(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), flag) == 0:
        return True
    error = ctypes.get_errno() if call else errno.ENOSYS
    if error in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(error, os.strerror(error), str(other))


def _differs(place: Path, text: bytes | None) -> bool:
    """Whether what has been taken out of the tree is not what was compared."""
    return content(place.parent, place.name, False, Diagnostics()) != text


def _beside(folder: Path, path: str) -> Path:
    """Where the text of `path` waits; of one length, so that a long name cannot become too long."""
    return folder / f"{PREFIX}{hashlib.sha256(path.encode()).hexdigest()[:16]}"


def _put(beside: Path, data: bytes, target: Path) -> None:
    """Write a new file of ours, with the owner and rights of the one that it will replace."""
    with suppress(FileNotFoundError):
        beside.unlink()
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    with open(handle, "wb") as file:
        mode = os.fstat(handle).st_mode | 0o600  # whatever the umask: the next run must be able to read it
        with suppress(FileNotFoundError, PermissionError):
            old = os.lstat(target)
            mode = old.st_mode if not os.path.islink(target) else mode
            os.fchown(handle, old.st_uid, old.st_gid)
        os.fchmod(handle, mode & 0o777)
        file.write(data)


def _make_folders(folder: Path) -> None:
    """Make a folder and its parents, usable for their owner whatever the umask."""
    if folder.is_dir():
        return
    _make_folders(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir()
        _new.append(folder)
        folder.chmod((folder.stat().st_mode & 0o7777) | 0o700)


def _remove_empty(folder: Path, top: Path) -> None:
    """Remove the folders that a stale file leaves empty."""
    with suppress(OSError):
        while folder != top:
            folder.rmdir()
            folder = folder.parent
