# SPDX-License-Identifier: BSD-3-Clause
"""The guest's console on standard output as it comes, and its end on standard error."""

from __future__ import annotations

import codecs
import sys

from ..color import complain
from ..lab.testbed import Outcome
from ..progress import Phase


class Console:
    """Shows one channel; the phase that waits for its first word ends with that."""

    def __init__(self, channel: str, waiting: Phase) -> None:
        """Show nothing yet."""
        self._channel, self._waiting = channel, waiting
        self._decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")
        self._shown = ""

    def hear(self, channel: str, data: bytes) -> None:
        """Take what came."""
        if channel == self._channel:
            self._show(self._decoder.decode(data).replace("\r", ""))

    def _show(self, text: str) -> None:
        if text:
            self._waiting.stop()
            sys.stdout.write(text)
            sys.stdout.flush()
            self._shown += text

    def finish(self, outcome: Outcome, *, is_well: bool, with_log: bool) -> None:
        """Show what did not come in time, and how it ended; where that was not well, also what the host heard."""
        text = outcome.text
        self._show(text.removeprefix(self._shown) if text.startswith(self._shown) else "")
        self._waiting.stop()
        if self._shown and not self._shown.endswith("\n"):
            print()
        sys.stdout.flush()
        if not is_well and outcome.debug.strip() and outcome.debug not in self._shown:
            complain(f"---- debug port\n{outcome.debug.rstrip()}")
        if (with_log or outcome.end == "failed") and outcome.log.strip():
            complain(f"---- log\n{outcome.log.rstrip()}")
        status = "" if outcome.status is None else f" with status {outcome.status}"
        end = f"{outcome.machine}: {outcome.end}{status} after {outcome.seconds:.2f} s"
        complain(f"---- {end}{f' ({outcome.detail})' if outcome.detail and not is_well else ''}")
