# SPDX-License-Identifier: BSD-3-Clause
"""What a guest says while it still runs."""

from __future__ import annotations

import re

from .outcome import Hear


class Live:
    """Hands on what is new of each channel, whose whole text so far it is given again and again."""

    def __init__(self, hear: Hear | None) -> None:
        """Nothing is handed on where nobody hears."""
        self._hear = hear
        self._told: dict[str, int] = {}

    def take(self, channel: str, heard: bytearray) -> None:
        """All bytes that are new."""
        self._tell(channel, heard, len(heard))

    def take_lines(self, channel: str, heard: bytearray, domain: str) -> None:
        """Out of Xen's log the new lines of a guest, without their heads."""
        begin, end = self._told.get(channel, 0), heard.rfind(b"\n") + 1
        if self._hear and end > begin:
            self._told[channel] = end
            head = rb"^(?:\(XEN\) )?(?:\[[^\]]*\] )?\(" + domain.encode() + rb"\) ?(.*\n)"
            if lines := re.findall(head, bytes(heard[begin:end]), re.MULTILINE):
                self._hear(channel, b"".join(lines))

    def _tell(self, channel: str, heard: bytearray, end: int) -> None:
        begin = self._told.get(channel, 0)
        if self._hear and end > begin:
            self._told[channel] = end
            self._hear(channel, bytes(heard[begin:end]))
