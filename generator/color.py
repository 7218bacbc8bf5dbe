# SPDX-License-Identifier: BSD-3-Clause
"""Colours for messages on a terminal: `--color`, and the environment's NO_COLOR (https://no-color.org) and TERM."""

from __future__ import annotations

import os
import re
import sys

_BOLD, _DIM, _RED, _GREEN, _CYAN = "1", "2", "1;31", "1;32", "36"
_SOURCE = r"( *\d+ \| )(.*)"
_MARK = r"( +\| +)(\^)"
_HEAD = r"(.*?: )(error: )(.*?)( \[[a-z0-9-]+\])?"
_REST = r"(hint|detail|note)(: .*)"
"""Compiled when the first line is painted: most runs print no message."""

_mode = ["auto"]


def choose(mode: str) -> None:
    """Take the word of `--color` for all that this run prints."""
    _mode[0] = mode


def complain(message: object) -> None:
    """Print messages of one or more lines to standard error, in colours where they are wanted."""
    text = str(message)
    print("\n".join(map(_painted, text.split("\n"))) if _is_wanted() else text, file=sys.stderr)


def _is_wanted() -> bool:
    if _mode[0] != "auto":
        return _mode[0] == "always"
    environment = os.environ
    return sys.stderr.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def _painted(line: str) -> str:
    """A line with its parts in colours; without these it is what it was."""
    if found := re.fullmatch(_SOURCE, line):
        return _in(_DIM, found[1]) + found[2]
    if found := re.fullmatch(_MARK, line):
        return _in(_DIM, found[1]) + _in(_GREEN, found[2])
    if found := re.fullmatch(_REST, line):
        return _in(_CYAN, found[1]) + found[2]
    if found := re.fullmatch(_HEAD, line):
        return _in(_BOLD, found[1]) + _in(_RED, found[2]) + found[3] + _in(_DIM, found[4] or "")
    return line


def _in(style: str, text: str) -> str:
    return f"\033[{style}m{text}\033[0m" if text else ""
