# SPDX-License-Identifier: BSD-3-Clause
"""Writes a tree so that a kill at any moment leaves the old tree or the new one, whole.

The new folder is built beside the old one, in `.NAME.platgen/new`: new text is written, all that
stays (unchanged and foreign files) is hard-linked, so inodes and times are kept. Then both folders
change places in one step, renameat2(RENAME_EXCHANGE), and the old one is removed.

Where the file system has no such step (NFS, some FUSE; no Linux) two renames stand in: the old
folder goes to `.NAME.platgen/old`, the new one takes its place. A kill between the two leaves no
folder, but the old one whole; the next run brings it back. Docs: renameat2(2), link(2), flock(2).
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.diagnostics import Location, fail, shown_path
from generator.tree import Comparison

MARKER = "made-by-platgen"
AT_FDCWD, RENAME_EXCHANGE = -100, 2

_Entry = tuple[int, int, int]  # inode, time of last change of content, size


def write(comparison: Comparison) -> None:
    """Make the folder what the comparison says; nothing may be `edited`.

    Raises BadInput with a message when it cannot be done; the folder is then as it was.
    """
    folder = _real(comparison.folder)
    state = "is as it was"
    try:
        os.makedirs(folder.parent, exist_ok=True)
        with _work_folder(folder) as work:
            before = dict(_scan(folder))
            new = work / "new"
            _build(folder, new, comparison, before)
            if dict(_scan(folder)) != before or not _as_compared(folder, comparison):
                fail(
                    "changed-meanwhile", Location(folder), "the folder changed while the tree was made", "run it again"
                )
            _swap(new, folder, work / "old")
            state = "is written; the old one could not be removed"
    except OSError as error:
        place = Path(os.fsdecode(error.filename)) if error.filename else folder
        fail("cannot-write", Location(place), f"cannot write: {error.strerror}", f"{shown_path(folder)} {state}")


def recover(folder: Path) -> bool:
    """Clear what a killed run left beside `folder`, and bring back a tree it had moved away.

    False when there was nothing to clear.
    """
    folder = _real(folder)
    work = _work_path(folder)
    if not os.path.lexists(work):
        return False
    try:
        with _work_folder(folder):
            return True
    except OSError as error:
        fail("cannot-write", Location(work), f"cannot clear the work of a killed run: {error.strerror}")


def replace_file(path: Path, data: bytes | None) -> None:
    """Replace one file in one step; None removes it."""
    beside = path.with_name(f".{path.name}.platgen")
    try:
        if data is None:
            path.unlink()
            return
        beside.write_bytes(data)
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        fail("cannot-write", Location(path), f"cannot write: {error.strerror}", f"{path.name} is as it was")


def _real(folder: Path) -> Path:
    """A folder that is a link is written where it points; the link itself stays."""
    return Path(os.path.realpath(folder))


def _work_path(folder: Path) -> Path:
    return folder.parent / f".{folder.name}.platgen"


@contextmanager
def _work_folder(folder: Path) -> Iterator[Path]:
    """The locked, empty work folder beside `folder`; gone at the end."""
    work = _work_path(folder)
    handle = _lock(work)
    try:
        names = os.listdir(work)
        if names and MARKER not in names:
            fail("in-the-way", Location(work), "this folder was not made by platgen", "move it away")
        if not names:
            (work / MARKER).touch()
        _clear(work, folder)
        try:
            yield work
        finally:
            _clear(work, folder)
            (work / MARKER).unlink()
            work.rmdir()
    finally:
        os.close(handle)


def _lock(work: Path) -> int:
    """Make and lock the work folder; the kernel drops the lock of a process that dies."""
    while True:
        os.makedirs(work, exist_ok=True)
        try:
            handle = os.open(work, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except FileNotFoundError:
            continue  # another run has just ended
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.lexists(work) and os.path.samestat(os.fstat(handle), os.lstat(work)):
                return handle
        except BlockingIOError:
            fail("busy", Location(work), "another run is writing this tree", "wait for it, then run again")
        os.close(handle)


def _clear(work: Path, folder: Path) -> None:
    old = work / "old"
    if old.exists() and not os.path.lexists(folder):
        old.rename(folder)
    for name in ("new", "old"):
        if os.path.lexists(work / name):
            shutil.rmtree(work / name, onerror=_unlock_and_retry)


def _unlock_and_retry(function: Callable[[str], object], path: str, _: object) -> None:
    """Remove from a write-protected folder: the folder is a copy or out of use; files may be linked elsewhere."""
    is_folder = os.path.isdir(path) and not os.path.islink(path)
    for folder in (os.path.dirname(path), path) if is_folder else (os.path.dirname(path),):
        os.chmod(folder, 0o700)
    shutil.rmtree(path) if is_folder else function(path)


def _scan(folder: Path) -> Iterator[tuple[str, _Entry | None]]:
    """All entries below `folder` by relative path; None for a folder."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            entries = list(os.scandir(folder / below))
        except FileNotFoundError:
            return
        for entry in entries:
            path = f"{below}/{entry.name}" if below else entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
                yield path, None
            else:
                status = entry.stat(follow_symlinks=False)
                yield path, (status.st_ino, status.st_mtime_ns, status.st_size)


def _build(folder: Path, new: Path, comparison: Comparison, before: dict[str, _Entry | None]) -> None:
    """Fill the new folder: what stays by link, what is new as text."""
    changed = [change for change in comparison.changes if change.verb != "unchanged"]
    replaced = {change.path for change in changed}
    holding = {os.path.dirname(path) for path in before}
    made = {""}
    new.mkdir()

    def make_parents(path: str) -> None:
        parent = os.path.dirname(path)
        if parent not in made:
            make_parents(parent)
            (new / parent).mkdir()
            made.add(parent)

    for path, entry in before.items():
        if entry is not None and path not in replaced:
            make_parents(path)
            _link(folder / path, new / path)
        elif entry is None and path not in holding:  # an empty folder is somebody's
            make_parents(f"{path}/")
    for change in changed:
        parent = folder / os.path.dirname(change.path)
        if parent.is_dir() and not os.access(parent, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(parent))
        if change.new is not None:
            make_parents(change.path)
            (new / change.path).write_bytes(change.new)
    for path in sorted(made, reverse=True):  # a folder after what is in it: writing changes its times
        if (folder / path).is_dir():
            shutil.copystat(folder / path, new / path)


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP):
            raise
        shutil.copy2(old, new, follow_symlinks=False)


def _as_compared(folder: Path, comparison: Comparison) -> bool:
    """Whether the files that go still hold what they were compared with."""
    for change in comparison.changes:
        place = folder / change.path
        if change.verb == "create" and os.path.lexists(place):
            return False
        is_file = place.is_file() and not place.is_symlink()
        if change.verb in ("update", "remove") and is_file and place.read_bytes() != change.old:
            return False
    return True


def _swap(new: Path, folder: Path, old: Path) -> None:
    """Put the new folder in the old one's place."""
    if not folder.exists():
        new.rename(folder)
    elif not _exchange(new, folder):
        folder.rename(old)
        new.rename(folder)


def _exchange(one: Path, other: Path) -> bool:
    """renameat2(RENAME_EXCHANGE); False where libc, kernel or file system lack it."""
    try:
        import ctypes  # late: only a write over an old tree needs it
    except ImportError:  # a Python built without libffi
        return False
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:
        return False
    if function(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(other))
