# SPDX-License-Identifier: BSD-3-Clause
"""What need not be done twice, in the user's cache folder: checks that passed, compiled templates.

A check is remembered by the SHA-256 of all that it looked at, so a hit means the same bytes passed
before. It saves the import of the validators, a fifth of a run. The folder is
`$PLATGEN_CACHE`, else `$XDG_CACHE_HOME/platgen`, else `~/.cache/platgen`; an empty PLATGEN_CACHE
means no cache. It may be deleted at any time, and when it cannot be used it is not.
"""

from __future__ import annotations

import os
from functools import cache
from hashlib import sha256
from pathlib import Path

MAX_BYTES = 1 << 18  # of the list of checks; it then starts afresh


class Checked:
    """The digests of checks that passed."""

    def __init__(self, path: Path | None) -> None:
        """Read the list at `path`; None means that nothing is remembered."""
        self._path = path
        self._known: set[str] = set()
        self._new: dict[str, None] = {}
        self._size = 0
        if path:
            try:
                text = path.read_bytes()
            except OSError:
                return
            self._size = len(text)
            self._known = set(text.decode("ascii", "replace").split())

    def __contains__(self, digest: str) -> bool:
        """Whether this check passed before."""
        return digest in self._known

    def add(self, digest: str) -> None:
        """Remember that this check passed."""
        if digest not in self._known:
            self._known.add(digest)
            self._new[digest] = None

    def save(self) -> None:
        """Append what is new. A line cut off by a kill is a digest that nothing has."""
        if not self._path or not self._new:
            return
        text = "".join(f"{digest}\n" for digest in self._new)
        try:
            with self._path.open("a" if self._size < MAX_BYTES else "w") as file:
                file.write(text if self._size == 0 else f"\n{text}")
        except OSError:
            return
        self._new.clear()


@cache
def checked() -> Checked:
    """The user's list."""
    folder = cache_folder()
    return Checked(folder / "checked" if folder else None)


def digest(*parts: bytes) -> str:
    """One digest of several byte strings, wherever their borders are."""
    state = sha256()
    for part in parts:
        state.update(len(part).to_bytes(8, "little") + part)
    return state.hexdigest()


@cache
def cache_folder() -> Path | None:
    """The folder, made when it is missing; None when there is none that is ours alone."""
    place = os.environ.get("PLATGEN_CACHE")
    if place == "":
        return None
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = Path(place or os.path.join(base, "platgen"))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except OSError:
        return None
    ours = status.st_uid == os.geteuid() and not status.st_mode & 0o022 and folder.is_absolute()
    return folder if ours and os.access(folder, os.W_OK) else None
