# SPDX-License-Identifier: BSD-3-Clause
"""What SARIF tells, before it has its form."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Finding(NamedTuple):
    """One thing that SARIF tells: an error, or a difference; without a path it is about the run as a whole.

    `line` and `column` count from 1, 0 means that there is none; paths are as the system has them.
    """

    code: str
    message: str
    path: str = ""
    line: int = 0
    column: int = 0
    level: Literal["error", "note"] = "error"
    source: str = ""
    """The file that `path` is generated from."""
