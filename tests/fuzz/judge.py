# SPDX-License-Identifier: BSD-3-Clause
"""Judges how a run of the generator ended: its exit, its cost, its messages, and what it wrote."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
from pathlib import Path

from .forked import MEMORY, SECONDS, Ended

COUNT = re.compile(r"^(\d+) errors?(?:; the first \d+ .*)?$", re.MULTILINE)
MESSAGE = re.compile(r"^(?P<place>.+?)(?P<line>:\d+(?::\d+)?)?: error: .+ \[(?P<code>[a-z0-9-]+)\]$", re.MULTILINE)
SHOWN = 50
"""Errors that the generator prints at most."""
ASKED = {"unknown-file", "unknown-level", "unknown-platform"}
"""What the command line names and nothing has: there is no place."""
WHOLE = {
    *("bad-folder", "bad-manifest", "cannot-read", "cannot-write", "changed-meanwhile", "in-the-way", "no-manifest"),
    *("no-project", "no-specs", "not-a-file", "other-spec", "too-big"),
}
"""What is wrong with a whole file or folder: there is no line."""

Listing = dict[str, tuple[int, int, int]]


def fault(ended: Ended, text: str) -> str:
    """What is wrong with the end of a run and its messages; empty if nothing is."""
    end = f"exit {ended.code} after {ended.seconds:.1f} s, {ended.memory >> 20} MB"
    if ended.code in (-signal.SIGXCPU, -signal.SIGALRM) or ended.seconds > SECONDS:
        return f"too much time: {end}"
    if ended.memory > MEMORY or "out of memory" in text:
        return f"too much memory: {end}"
    if "Traceback (most recent call last)" in text:
        return f"traceback: {end}"
    if ended.code not in (0, 1, 2):
        return end
    if hidden := [c for c in text if c != "\n" and not c.isprintable()]:
        return f"prints U+{ord(hidden[0]):04X}"
    if ended.code != 2:
        return ""
    return _fault_of_document(text) if text.startswith("{") else _fault_of_messages(text)


def _fault_of_document(text: str) -> str:
    try:
        errors = json.loads(text)["errors"]
    except (ValueError, KeyError):
        return "a document without errors"
    for error in errors:
        if "line" not in error and error["code"] not in (WHOLE if "path" in error else ASKED):
            return f"an error without a place: {error['code']}"
    return "" if errors else "exit 2 without an error"


def _fault_of_messages(text: str) -> str:
    count = COUNT.search(text)
    if not count:
        return "exit 2 without a count of errors"
    messages = list(MESSAGE.finditer(text))
    if len(messages) != min(int(count[1]), SHOWN):
        return "an error in another form"
    for message in messages:
        placeless = ASKED if message["place"] == "platgen" else WHOLE
        if not message["line"] and message["code"] not in placeless:
            return f"an error without a place: {message['code']}"
    return ""


def listing(folder: Path) -> Listing:
    """Mode, size and time of all that is below a folder."""
    found: Listing = {}
    waiting = [""]
    while waiting:
        above = waiting.pop()
        with os.scandir(folder / above) as entries:
            for entry in entries:
                path = os.path.join(above, entry.name)
                status = entry.stat(follow_symlinks=False)
                found[path] = (status.st_mode, status.st_size, status.st_mtime_ns)
                if stat.S_ISDIR(status.st_mode):
                    waiting.append(path)
    return found


def trespass(before: Listing, after: Listing, allowed: set[str]) -> str:
    """What was written that is no output; empty if nothing was. A folder may change by an output that it holds."""
    for path in sorted(before.keys() | after.keys(), reverse=True):  # what is in a folder, before the folder
        inside = any(f"{path}/".startswith(f"{output}/") for output in allowed)
        holds = any(output.startswith(f"{path}/") for output in allowed)
        if before.get(path) != after.get(path) and not inside and not holds:
            return f"wrote outside of the output: {path!r}"
    return ""
