# SPDX-License-Identifier: BSD-3-Clause
"""The one way in which files are read.

Opening does not wait for anybody (a FIFO), a special file is not read (/dev/zero never ends), and the size is
looked at before a byte is read: a sparse file of gigabytes costs nothing.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

MAX_BYTES = 1 << 20
"""What specs, manifests, levels, templates, hash files and files of a tree may have; the largest of ours has 40 KB."""
NOT_A_FILE = "not a regular file"
_CHUNK = 1 << 16
_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


class TooBigError(OSError):
    """A file has more bytes than one of its kind may have."""

    def __init__(self, path: Path, size: int, limit: int) -> None:
        """Say both numbers."""
        message = f"{size} bytes; the limit for such a file is {limit}"
        super().__init__(errno.EFBIG, message, str(path))
        self.size = size


class NotAFileError(OSError):
    """A folder, device, FIFO or socket, or a link where none is followed."""

    def __init__(self, path: Path) -> None:
        """Say it."""
        super().__init__(errno.EINVAL, NOT_A_FILE, str(path))


def read(path: Path, limit: int = MAX_BYTES, *, follow: bool = True) -> bytes:
    """All bytes of a regular file of at most `limit` bytes; for all else OSError, and no waiting."""
    if not stat.S_ISREG(os.stat(path, follow_symlinks=follow).st_mode):
        raise NotAFileError(path)  # opening alone may do something, as with a tape
    handle = os.open(path, _FLAGS if follow else _FLAGS | os.O_NOFOLLOW)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise NotAFileError(path)
        if status.st_size > limit:
            raise TooBigError(path, status.st_size, limit)
        data = more = os.read(handle, status.st_size + 1)
        if len(data) != status.st_size:  # it grows, or tells no size, as in /proc
            while more and len(data) <= limit:
                data += (more := os.read(handle, _CHUNK))
    finally:
        os.close(handle)
    if len(data) > limit:
        raise TooBigError(path, len(data), limit)
    return data


def read_any(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The same, for files that may be missing: what cannot be read is empty."""
    try:
        return read(path, limit)
    except OSError:
        return b""
