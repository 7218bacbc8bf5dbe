# SPDX-License-Identifier: BSD-3-Clause
"""One run at a time has a folder: its lock is flock(2) on the folder itself."""

from __future__ import annotations

import fcntl
import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ..diagnostics import shown_path
from .files import make_folders, remove_made

QUIET_SECONDS = 1.0

_held: list[int] = []  # the kernel frees the locks of a process that ends


def lock(folders: Iterable[Path]) -> None:
    """Wait until no other run writes these folders, and hold them until `unlock`.

    A folder that does not exist is made: its lock is the folder itself. All runs lock in the same order,
    so none waits in a circle. What cannot be made or locked is left to the steps that follow.
    """
    for place in sorted({Path(os.path.realpath(folder)) for folder in folders}):
        with suppress(OSError):
            while not _lock(place):
                pass


def unlock() -> None:
    """Free all folders; those that this run made and left empty go."""
    remove_made()
    while _held:
        os.close(_held.pop())


def _lock(place: Path) -> bool:
    """Lock a folder; False when another run removed it while this one waited."""
    make_folders(place)
    handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    _held.append(handle)
    _wait(handle, place)
    return place.is_dir() and os.path.samestat(os.fstat(handle), os.stat(place))


def _wait(handle: int, place: Path) -> None:
    """Wait for the lock; a run that waits long prints the reason."""
    end = time.monotonic() + QUIET_SECONDS
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                break
            time.sleep(0.02)
    print(f"platgen: waiting for another run that is writing {shown_path(place)}", file=sys.stderr, flush=True)
    return fcntl.flock(handle, fcntl.LOCK_EX)
