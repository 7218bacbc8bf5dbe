# SPDX-License-Identifier: BSD-3-Clause
"""What is typed or piped to a guest's console while it runs: from a descriptor of ours to the emulator's.

Nothing is read before the guest is ready for it, nor faster than the emulator takes it.
"""

from __future__ import annotations

import os
import selectors
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import NamedTuple

KEY = "keyboard"
AT_ONCE = 1024


class Keyboard:
    """Hands on what comes by `source`, from the moment when it is opened until that ends."""

    def __init__(self, source: int) -> None:
        """`source` is anything that can be read."""
        self.is_open = False
        self._source = source
        self._sink = -1
        self._waiting = b""
        self._is_over = False

    def connect(self, sink: int) -> None:
        """Name the emulator's end; it is ours to write to, and does not block."""
        os.set_blocking(sink, False)
        self._sink = sink

    def listen(self, selector: selectors.BaseSelector) -> int:
        """Look at what is due next, the source or the emulator; how many of these the selector waits for."""
        wanted = -1 if self._is_over or not self.is_open else self._sink if self._waiting else self._source
        event = selectors.EVENT_WRITE if wanted == self._sink else selectors.EVENT_READ
        known = next((key for key in selector.get_map().values() if key.data == KEY), None)
        if known and known.fd != wanted:
            selector.unregister(known.fd)
            known = None
        if wanted >= 0 and not known:
            try:
                selector.register(wanted, event, KEY)
            except PermissionError:  # a file, which can always be read
                self.step()
                return self.listen(selector)
        return int(wanted >= 0)

    def step(self) -> None:
        """Read where nothing waits, else write."""
        if not self._waiting:
            with suppress(OSError):  # a terminal that is gone
                self._waiting = os.read(self._source, AT_ONCE)
            self._is_over = not self._waiting
            return
        try:
            written = os.write(self._sink, self._waiting)
        except BlockingIOError:
            written = 0
        except BrokenPipeError:
            self._is_over = True
            return
        self._waiting = self._waiting[written:]


class Typed(NamedTuple):
    """Input for one of the emulator's channels."""

    channel: str
    keyboard: Keyboard

    def two_ways(self, output: FileIO, folder: str, stack: ExitStack) -> list[str]:
        """QEMU's options for a channel that also brings input: it opens both ends by one name."""
        path = Path(folder) / "channel"
        path.with_suffix(".out").symlink_to(f"/dev/fd/{output.fileno()}")
        os.mkfifo(path.with_suffix(".in"))
        sink = os.open(path.with_suffix(".in"), os.O_RDWR)  # for writing alone nobody is there yet
        stack.callback(os.close, sink)
        self.keyboard.connect(sink)
        return ["-chardev", f"pipe,id={self.channel},path={path}"]


def standard_input() -> int | None:
    """Its descriptor; none where it is closed, or the terminal of another job, which would stop us for reading."""
    try:
        source = sys.stdin.fileno()
        return source if not os.isatty(source) or os.tcgetpgrp(source) == os.getpgrp() else None
    except (AttributeError, OSError, ValueError):
        return None


@contextmanager
def letter_by_letter(source: int) -> Iterator[Keyboard]:
    """A terminal hands each key on at once and shows none: the guest does. Ctrl-C and Ctrl-Z stay what they are."""
    keyboard = Keyboard(source)
    if not os.isatty(source):
        yield keyboard
        return
    import termios  # late: most runs have no terminal

    before = termios.tcgetattr(source)
    now = termios.tcgetattr(source)
    now[0] &= ~(termios.ICRNL | termios.IXON)
    now[3] &= ~(termios.ICANON | termios.ECHO)
    termios.tcsetattr(source, termios.TCSADRAIN, now)
    try:
        yield keyboard
    finally:
        with suppress(termios.error):
            termios.tcsetattr(source, termios.TCSADRAIN, before)
