# SPDX-License-Identifier: BSD-3-Clause
"""Single operations on files and folders, for steps that a kill may end at any moment.

A new text is first written into a file of ours, `.platgen-HASH`, and takes its name in one step.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path

from ..diagnostics import Location, fail

PREFIX = ".platgen-"
"""Names of this kind in an output folder are the generator's."""

AT_FDCWD, RENAME_NOREPLACE, RENAME_EXCHANGE = -100, 1, 2  # linux/fcntl.h, linux/fs.h

_made: list[Path] = []  # folders that this run made


def beside(folder: Path, path: str) -> Path:
    """Where the text of `path` waits."""
    return folder / waiting_name(path)


def waiting_name(path: str) -> str:
    """The name of a text of ours that waits; of one length, so that a long name cannot become too long."""
    return f"{PREFIX}{hashlib.sha256(path.encode()).hexdigest()[:16]}"


def put(place: str | Path, data: bytes, target: str | Path | None) -> None:
    """Write a new file of ours, with the owner and rights of `target`, which it will replace, if there is one."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    try:
        handle = os.open(place, flags, 0o666)
    except FileExistsError:  # a killed run left it
        os.unlink(place)
        handle = os.open(place, flags, 0o666)
    try:
        made = os.fstat(handle).st_mode
        mode = made | 0o600  # whatever the umask: the next run must be able to read it
        if target is not None:
            mode = _owner_and_mode_of(target, handle, mode)
        if mode != made:
            os.fchmod(handle, mode & 0o777)
        while data:
            data = data[os.write(handle, data) :]
    finally:
        os.close(handle)


def _owner_and_mode_of(target: str | Path, handle: int, mode: int) -> int:
    """Give the open file the owner of `target`; returns its mode, or `mode` where it has none of its own."""
    with suppress(FileNotFoundError, PermissionError):
        old = os.lstat(target)
        mode = old.st_mode if not stat.S_ISLNK(old.st_mode) else mode
        os.fchown(handle, old.st_uid, old.st_gid)
    return mode


def rename(one: Path, other: Path, flag: int) -> bool:
    """renameat2(2): exchange two names, or never replace what is there; False where that is not to be had."""
    import ctypes  # late: most runs do not need it

    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call and call(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), flag) == 0:
        return True
    error = ctypes.get_errno() if call else errno.ENOSYS
    if error in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(error, os.strerror(error), str(other))


def replace_file(path: Path, data: bytes | None) -> None:
    """Replace one file in one step; None removes it. Raises BadInput when it cannot be done."""
    try:
        if data is None:
            path.unlink()
            return
        waiting = beside(path.parent, path.name)
        try:
            put(waiting, data, path)
            os.replace(waiting, path)
        finally:
            waiting.unlink(missing_ok=True)
    except OSError as error:
        fail("cannot-write", Location(path), f"cannot write: {error.strerror}", f"{path.name} is unchanged")


def make_folders(folder: Path) -> None:
    """Make a folder and its parents, usable for their owner whatever the umask."""
    if folder.is_dir():
        return
    make_folders(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir()
        _made.append(folder)
        folder.chmod((folder.stat().st_mode & 0o7777) | 0o700)


def remove_made() -> None:
    """Remove the folders that this run made and left empty."""
    while _made:
        with suppress(OSError):
            _made.pop().rmdir()


def remove_empty(folder: Path, top: Path) -> None:
    """Remove the folders below `top` that a stale file leaves empty."""
    with suppress(OSError):
        while folder != top:
            folder.rmdir()
            folder = folder.parent
