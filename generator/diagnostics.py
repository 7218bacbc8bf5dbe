# SPDX-License-Identifier: BSD-3-Clause
"""Located messages: collected over a whole step, then printed together.

Form of a message (docs/design.md section 1):

    platforms/kvm.yaml:7:1: error: unknown key 'machin' [unknown-key]
        7 | machin:
          | ^
    hint: did you mean 'machine'?

The word in brackets is the message's code: fixed, so that tests and people can search for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Generic, NamedTuple, NoReturn, TypeVar

from .reading import NOT_A_FILE, NotAFileError, TooBigError, read

T = TypeVar("T")

MAX_SHOWN = 120  # columns of a source line that are printed
MAX_ERRORS = 50  # errors that are printed; the others are counted
MAX_TEXT = 1000  # characters of a message or hint that are printed
MAX_KNOWN = 40  # words that a hint lists
MAX_COMPARED = 200  # words that a misspelt one is compared with


class Location(NamedTuple):
    """A place in a file; line and column count from 1, 0 means "the file as a whole"."""

    path: Path
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """`file:line:col`, as editors and CI systems read it."""
        parts = [shown_path(self.path)]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


class Diagnostic(NamedTuple):
    """One error: where, what, and what to do about it."""

    code: str
    location: Location | None
    message: str
    hint: str | Callable[[], str] = ""  # called when the error is printed: among thousands few are
    source: str | None = None  # the line to show when it is not the one in the file
    detail: str = ""  # what a library says about it

    def __str__(self) -> str:
        """The whole message, without a final newline."""
        where = str(self.location) if self.location else "platgen"
        lines = [f"{where}: error: {visible(self.message)} [{self.code}]"]
        if self.location and self.location.line:
            lines += self._excerpt(self.location)
        if self.detail:
            lines.append(f"detail: {visible(self.detail)}")
        if hint := self.told_hint:
            lines.append(f"hint: {visible(hint)}")
        return "\n".join(lines)

    @property
    def told_hint(self) -> str:
        """The hint's text, made now where that takes time."""
        return self.hint if isinstance(self.hint, str) else self.hint()

    def _excerpt(self, at: Location) -> list[str]:
        text = self.source if self.source is not None else source_line(at)
        if text is None:
            return []
        start = max(0, at.column - MAX_SHOWN // 2) if len(text) > MAX_SHOWN else 0
        text = text[start : start + MAX_SHOWN]
        shown = visible(text.replace("\t", " "))
        number = f"{at.line:>5}"
        lines = [f"{number} | {shown}".rstrip()]
        if at.column:
            lines.append(" " * len(number) + " | " + " " * (at.column - 1 - start) + "^")
        return lines


class Diagnostics:
    """The errors found so far; a step ends with `stop_if_any`."""

    def __init__(self) -> None:
        """Start with no error."""
        self._found: dict[tuple[str, Location | None, str], Diagnostic] = {}  # the same error twice is one error

    def error(
        self,
        code: str,
        location: Location | None,
        message: str,
        hint: str | Callable[[], str] = "",
        source: str | None = None,
        detail: str = "",
    ) -> None:
        """Note an error and go on."""
        self.add(Diagnostic(code, location, message, hint, source, detail))

    def add(self, diagnostic: Diagnostic) -> None:
        """Note an error that was made elsewhere."""
        self._found.setdefault(diagnostic[:3], diagnostic)

    def take(self, outcome: Outcome[T]) -> T | None:
        """Note the errors of a step, and give its value."""
        for error in outcome.errors:
            self.add(error)
        return outcome.value

    def stop_if_any(self) -> None:
        """Raise `BadInput` when something was found."""
        if self._found:
            raise BadInput(self)

    def __bool__(self) -> bool:
        """Whether there is any error."""
        return bool(self._found)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._found)

    def __iter__(self) -> Iterator[Diagnostic]:
        """By file and line; those without a place come first."""

        def key(found: Diagnostic) -> tuple[str, int, int]:
            at = found.location
            return (str(at.path), at.line, at.column) if at else ("", 0, 0)

        return iter(sorted(self._found.values(), key=key))

    def __str__(self) -> str:
        """The messages, MAX_ERRORS at most, and their number, as they go to stderr."""
        count = len(self._found)
        _lines.cache_clear()
        shown = [str(error) for error in islice(self, MAX_ERRORS)]
        more = f"; the first {MAX_ERRORS} are shown, {count - MAX_ERRORS} more are not" if count > MAX_ERRORS else ""
        return "\n".join([*shown, f"{count} error{'s' if count != 1 else ''}{more}"])


class Outcome(NamedTuple, Generic[T]):
    """What a step returns: its value, None where there is none, and every error that it found.

    A value may come with errors: then it holds what could be read, so that later steps can find theirs in one run.
    """

    value: T | None
    errors: tuple[Diagnostic, ...] = ()

    def or_stop(self) -> T:
        """The value; raises `BadInput` when there is any error."""
        if self.errors or self.value is None:
            stop(self.errors)
        return self.value


def stop(errors: Iterable[Diagnostic]) -> NoReturn:
    """Raise `BadInput` with these errors."""
    found = Diagnostics()
    for error in errors:
        found.add(error)
    raise BadInput(found)


def stop_if_any(errors: Iterable[Diagnostic]) -> None:
    """Raise `BadInput` with these errors, if there is one."""
    if found := tuple(errors):
        stop(found)


class BadInput(Exception):
    """The input is wrong; nothing was written."""

    def __init__(self, found: Diagnostics) -> None:
        """Carry what was found."""
        super().__init__(str(found))
        self.found = found


def fail(code: str, location: Location | None, message: str, hint: str = "") -> NoReturn:
    """Stop at once with one error."""
    stop([Diagnostic(code, location, message, hint)])


def read_file(path: Path, hint: str = "") -> Outcome[bytes]:
    """The bytes of a file of usual size."""
    try:
        return Outcome(read(path))
    except TooBigError as error:
        fault = Diagnostic("too-big", Location(path), str(error.strerror), hint)
    except NotAFileError:
        fault = Diagnostic("not-a-file", Location(path), NOT_A_FILE, hint)
    except OSError as error:
        fault = Diagnostic("cannot-read", Location(path), f"cannot read: {error.strerror}", hint)
    return Outcome(None, (fault,))


def visible(text: str) -> str:
    """A text as a terminal can show it: input may hold what moves its cursor, bytes of no character, or a novel."""
    if len(text) > MAX_TEXT:
        text = f"{text[: MAX_TEXT // 2]} ... {text[-MAX_TEXT // 2 :]}"
    if text.isprintable():
        return text
    with suppress(UnicodeEncodeError):  # a name that the locale could not decode
        text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def shown_path(path: str | Path) -> str:
    """`path` relative to the current folder where it lies below it, absolute otherwise."""
    here = os.getcwd()
    absolute = os.path.normpath(os.path.join(here, path))
    return visible(absolute.removeprefix(here.rstrip("/") + "/"))


def source_line(at: Location) -> str | None:
    """The line a location points at, None when it cannot be read."""
    lines = _lines(at.path)
    return lines[at.line - 1].rstrip("\r") if at.line <= len(lines) else None


@lru_cache(maxsize=1)  # errors are printed by file
def _lines(path: Path) -> list[str]:
    try:
        return read(path).decode("utf-8", "replace").split("\n")
    except OSError:
        return []


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or else all of them."""
    import difflib  # late: only errors need it

    words = sorted(set(known))
    near = difflib.get_close_matches(word[:MAX_SHOWN], words[:MAX_COMPARED], n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    more = f" and {len(words) - MAX_KNOWN} more" if len(words) > MAX_KNOWN else ""
    return f"known: {', '.join(words[:MAX_KNOWN])}{more}" if words else ""
