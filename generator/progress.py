# SPDX-License-Identifier: BSD-3-Clause
"""What a person who waits sees on a terminal: one line, with the seconds that it has taken so far."""

from __future__ import annotations

import os
import sys
import threading
import time
from types import TracebackType

TICK = 0.5
_hidden = [False]


class Phase:
    """Something that takes its time. Its line goes away with it; where nobody looks there is none."""

    def __init__(self, what: str) -> None:
        """Nothing is shown before the phase is entered."""
        self.what = what
        self.note = ""
        """How far it is, such as `12 of 169 files`."""
        self.begin = time.monotonic()
        self._is_shown = is_watched()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._show, daemon=True)

    @property
    def seconds(self) -> float:
        """Since the phase began."""
        return time.monotonic() - self.begin

    def tell(self, note: str) -> None:
        """Say how far it is."""
        self.note = note

    def __enter__(self) -> Phase:
        """Begin."""
        self.begin = time.monotonic()
        if self._is_shown:
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        """The same as `stop`."""
        self.stop()

    def stop(self) -> None:
        """Take the line away; what is printed from now on stands in its place."""
        if self._is_shown and not self._end.is_set():
            self._end.set()
            self._thread.join()
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def _show(self) -> None:
        while True:
            note = f", {self.note}" if self.note else ""
            print(f"\r\033[K{self.what} ... {self.seconds:.0f} s{note}", end="", file=sys.stderr, flush=True)
            if self._end.wait(TICK):
                return


def hide(*, hidden: bool) -> None:
    """Show nothing from now on, if so: a program reads what this run prints."""
    _hidden[0] = hidden


def is_hidden() -> bool:
    """Whether that is so."""
    return _hidden[0]


def is_watched() -> bool:
    """Whether a line can be overwritten where messages go."""
    return not is_hidden() and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
