# SPDX-License-Identifier: BSD-3-Clause
"""What `doctor` says: one line per check as soon as it is done, then a summary; or all of it as JSON or SARIF."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Generic, Literal, NamedTuple, TypeVar

from ..diagnostics import Location, shown_path, visible
from ..formats.document import Format, show
from ..formats.finding import Finding
from ..progress import Phase, hide

T = TypeVar("T")
Verdict = Literal["ok", "problem", "skipped"]
MAX_DETAILS = 5  # lines below one check; JSON has all


class Check(NamedTuple):
    """The outcome of one check; `details` name what is wrong, `hint` says what to do.

    `places` has the line of a file for each detail that is about one.
    """

    name: str
    verdict: Verdict
    text: str
    details: tuple[str, ...] = ()
    hint: str = ""
    places: Mapping[str, Location] = {}

    @property
    def lines(self) -> tuple[str, ...]:
        """The details, each behind its place."""
        return tuple(f"{self.places[line]}: {line}" if line in self.places else line for line in self.details)


class Result(NamedTuple, Generic[T]):
    """What a step of `doctor` returns: its value, None where the steps after it cannot go on, and its checks."""

    value: T | None
    checks: tuple[Check, ...] = ()


class Report:
    """The checks so far. Text goes out at once, so that a person sees how far it is."""

    def __init__(self, form: Format) -> None:
        """Print nothing yet."""
        self.form = form
        self.temporary: Path | None = None
        """No place in it is told: it is gone when somebody reads of it."""
        self.checks: list[Check] = []
        self._phase: Phase | None = None

    @property
    def fits(self) -> bool:
        """Whether no check found a problem."""
        return all(check.verdict != "problem" for check in self.checks)

    def title(self, text: str) -> None:
        """What is examined."""
        if self.form == "text":
            print(visible(text), flush=True)

    def busy(self, text: str) -> Callable[[str], None]:
        """What is being done, for a person who waits, until the next line; the function tells how far it is."""
        self.rest()
        hide(hidden=self.form != "text")
        self._phase = Phase(visible(text))
        self._phase.__enter__()
        return self._phase.tell

    def rest(self) -> None:
        """Take the line of what was being done away."""
        if self._phase:
            self._phase.stop()

    def add(self, *checks: Check) -> None:
        """Take checks in, and print them."""
        self.rest()
        for made in checks:
            check = made._replace(places={line: at for line, at in made.places.items() if self._stays(at.path)})
            self.checks.append(check)
            if self.form != "text":
                continue
            print(f"{check.verdict:<8} {check.name:<10} {visible(check.text)}")
            for line in check.lines[:MAX_DETAILS]:
                print(f"{'':<19} {visible(line)}")
            if len(check.details) > MAX_DETAILS:
                print(f"{'':<19} ... and {len(check.details) - MAX_DETAILS} more (--format json has all)")
            if check.hint:
                print(f"{'':<19} hint: {visible(check.hint)}")
            sys.stdout.flush()

    def _stays(self, path: Path) -> bool:
        return self.temporary is None or not path.is_relative_to(self.temporary)

    def take(self, result: Result[T]) -> T | None:
        """Take the checks of a step in; its value."""
        self.add(*result.checks)
        return result.value

    def finish(self, platform: str, spec: str, level: str, release: str) -> int:
        """Print the summary; returns the exit code. `spec` is the file that SARIF points at."""
        problems = [check.name for check in self.checks if check.verdict == "problem"]
        skipped = [check.name for check in self.checks if check.verdict == "skipped"]
        code = 0 if self.fits else 1
        if self.form != "text":
            facts = {"platform": platform, "core-level": level, "unikraft": release, "fits": self.fits}
            body = {**facts, "checks": [_data(check) for check in self.checks]}
            return show(self.form, "doctor", code, body, self._findings(spec))
        names = f"{platform} at core level {level}"
        limit = f", as far as it was checked (skipped: {', '.join(skipped)})" if skipped else ""
        if problems:
            print(f"{names} does not fit {release}: see {', '.join(problems)}")
        else:
            print(f"{names} fits {release}{limit}")
        return code

    def _findings(self, spec: str) -> Iterator[Finding]:
        """Each detail that has a place, there; the rest of a problem on the spec; what was skipped, on the run."""
        for check in self.checks:
            if check.verdict == "ok":
                continue
            code = f"doctor-{check.name}"
            located = [line for line in check.details if line in check.places]
            for line in located:
                at = check.places[line]
                yield Finding(code, visible(f"{check.text}: {line}"), str(at.path), at.line, at.column)
            rest = [line for line in check.details if line not in check.places]
            if located and not rest:
                continue
            is_problem = check.verdict == "problem"
            lines = (check.text, *rest, f"hint: {check.hint}" if check.hint else "")
            text = "\n".join(visible(line) for line in lines if line)
            yield Finding(code, text, spec if is_problem else "", level="error" if is_problem else "note")


def _data(check: Check) -> dict[str, object]:
    """A check, all of its details included."""
    details = [visible(line) for line in check.details]
    places = [
        {"detail": visible(line), "path": shown_path(at.path), "line": at.line} for line, at in check.places.items()
    ]
    data = {**check._asdict(), "text": visible(check.text), "details": details, "hint": visible(check.hint)}
    return {**data, "places": places}


def several(names: Sequence[str]) -> str:
    """`a`, `a, b`, `a and 7 more`."""
    return ", ".join(names) if len(names) < 4 else f"{names[0]} and {len(names) - 1} more"


def counted(count: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
