# SPDX-License-Identifier: BSD-3-Clause
"""The one document that a run prints under `--format json` or `--format sarif`, errors included.

docs/formats.md describes both; `report.schema.json` is the JSON Schema of the first.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Literal

from .. import VERSION
from ..diagnostics import MAX_ERRORS, Diagnostic, shown_path, visible
from .finding import Finding

Format = Literal["text", "json", "sarif"]
FORMAT = 1
"""The number of the format: it grows when a key changes its meaning or goes away."""


def begin() -> None:
    """Print a blank, which any document may start with: where nothing can be printed nothing is written."""
    sys.stdout.write(" ")
    sys.stdout.flush()


def show(
    form: Format, command: str | None, code: int, body: Mapping[str, object], findings: Iterable[Finding] = ()
) -> int:
    """Print the document of a run that came to its end; returns the exit code."""
    if form == "sarif":
        from .sarif import log

        _print(log(findings, code))
    else:
        _print({**_head(command, code), "errors": [], **body})
    return code


def show_failure(form: Format, command: str | None, code: int, errors: Iterable[Diagnostic]) -> int:
    """Print the document of a run that errors ended, the first MAX_ERRORS of them; returns the exit code."""
    found = list(errors)
    shown = found[:MAX_ERRORS]
    if form == "sarif":
        from .sarif import log

        _print(log(map(_finding, shown), code))
        return code
    left_out = {"errors-left-out": len(found) - len(shown)} if len(found) > len(shown) else {}
    _print({**_head(command, code), "errors": [_error(error) for error in shown], **left_out})
    return code


def _head(command: str | None, code: int) -> dict[str, object]:
    return {"format": FORMAT, "platgen": VERSION, "command": command, "exit": code}


def _error(error: Diagnostic) -> dict[str, object]:
    """An error with the keys that it has."""
    at = error.location
    data: dict[str, object] = {"code": error.code, "message": visible(error.message)}
    if at:
        data |= {"path": shown_path(at.path)}
        data |= {key: number for key, number in (("line", at.line), ("column", at.column)) if number}
    return data | {key: visible(text) for key, text in (("detail", error.detail), ("hint", error.told_hint)) if text}


def _finding(error: Diagnostic) -> Finding:
    """The same error for SARIF, whose viewers show one text."""
    at = error.location
    parts = (("", error.message), ("detail: ", error.detail), ("hint: ", error.told_hint))
    message = "\n".join(f"{word}{visible(text)}" for word, text in parts if text)
    return Finding(error.code, message, str(at.path) if at else "", *((at.line, at.column) if at else ()))


def _print(data: Mapping[str, object]) -> None:
    print(json.dumps(data, indent=1))
