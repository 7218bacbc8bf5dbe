# SPDX-License-Identifier: BSD-3-Clause
"""Writes cpio archives ("newc") for an initramfs; equal contents give equal bytes."""

from __future__ import annotations

import stat
from pathlib import PurePosixPath


class Archive:
    """Grows by file, link and folder; parent folders come by themselves.

    Archives may be joined end to end: the kernel unpacks one after another.
    """

    def __init__(self) -> None:
        """An archive without entries."""
        self._parts: list[bytes] = []
        self._known: set[str] = set()

    def folder(self, path: str) -> None:
        """Add a folder."""
        self._add(path, stat.S_IFDIR | 0o755, b"")

    def file(self, path: str, content: bytes, executable: bool = False) -> None:
        """Add a file with this content."""
        self._add(path, stat.S_IFREG | (0o755 if executable else 0o644), content)

    def link(self, path: str, target: str) -> None:
        """Add a symbolic link."""
        self._add(path, stat.S_IFLNK | 0o777, target.encode())

    def device(self, path: str, major: int, minor: int) -> None:
        """Add a character device, root's alone."""
        self._add(path, stat.S_IFCHR | 0o600, b"", major, minor)

    def finish(self) -> bytes:
        """The archive's bytes, filled up so that another may follow."""
        content = b"".join([*self._parts, _entry(0, "TRAILER!!!", 0, b"")])
        return content + b"\0" * (-len(content) % 512)

    def _add(self, path: str, mode: int, content: bytes, major: int = 0, minor: int = 0) -> None:
        path = path.strip("/")
        if path in self._known:
            return
        for parent in reversed(PurePosixPath(path).parents):
            if str(parent) != "." and str(parent) not in self._known:
                self.folder(str(parent))
        self._known.add(path)
        self._parts.append(_entry(len(self._known), path, mode, content, major, minor))


def _entry(number: int, path: str, mode: int, content: bytes, major: int = 0, minor: int = 0) -> bytes:
    name = path.encode() + b"\0"
    links = 2 if stat.S_ISDIR(mode) else 1
    fields = (number, mode, 0, 0, links, 0, len(content), 0, 0, major, minor, len(name), 0)
    head = b"070701" + b"".join(b"%08x" % field for field in fields) + name
    return _padded(head) + _padded(content)


def _padded(content: bytes) -> bytes:
    return content + b"\0" * (-len(content) % 4)
