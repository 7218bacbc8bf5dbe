# SPDX-License-Identifier: BSD-3-Clause
"""A file -> `Document`: bytes, text, YAML, schema. The one way in which all YAML files are read."""

from __future__ import annotations

import re
from pathlib import Path

from ..diagnostics import Diagnostic, Location, Outcome, read_file
from ..escape import shown
from . import subset
from .document import Document
from .schema import validate

_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HIDDEN = (  # of control, line ends that are none everywhere, of direction; a mark of byte order within
    "[^\t\n\r\x20-\x7e\xa0-\u061b\u061d-\u200d\u2010-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd"
    "\U00010000-\U0010ffff]"
)


def load(path: Path, schema: str) -> Outcome[Document]:
    """Read `path` and check it against the schema of this name: "spec", "component" or "level".

    With errors the value is what could be read as a mapping, None where nothing could: a word whose place is in
    none of the errors is as it should be.
    """
    read = parsed(path)
    if read.value is None:
        return read
    errors = (*read.errors, *validate(read.value, schema))
    return Outcome(read.value if isinstance(read.value.data, dict) else None, errors)


def parsed(path: Path) -> Outcome[Document]:
    """The same without a schema."""
    raw = read_file(path)
    text = _text(path, raw.value) if raw.value is not None else Outcome[str](None, raw.errors)
    return subset.parse(path, text.value) if text.value is not None else Outcome(None, text.errors)


def _text(path: Path, raw: bytes) -> Outcome[str]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        at = Location(path, before.count(b"\n") + 1, len(before) - (before.rfind(b"\n") + 1) + 1)
        hint = "this looks like a binary file" if b"\0" in raw else "save it as UTF-8"
        return Outcome(None, (Diagnostic("not-utf-8", at, f"byte 0x{raw[error.start]:02x} is not UTF-8", hint),))
    bad = _CONTROL.search(text) if text.isascii() else re.search(_HIDDEN, text)  # costs 5 ms to compile
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        column = bad.start() - (text.rfind("\n", 0, bad.start()) + 1) + 1
        message = f"{shown(bad[0])} is invisible and not allowed here"
        hint = "remove it"
        return Outcome(None, (Diagnostic("hidden-character", Location(path, line, column), message, hint),))
    return Outcome(text)
