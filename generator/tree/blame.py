# SPDX-License-Identifier: BSD-3-Clause
"""Where an error of rendering is from: the line of a template, or the spec or manifest that gave its data."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from ..diagnostics import Diagnostic, Location, shown_path
from ..escape import Refused
from ..load.files import File
from ..plan.resolve import Plan

SHORTEST = 2
"""A text of one letter says nothing about where it is from."""


def fault_of(error: Exception, file: File, plan: Plan, templates: tuple[Path, ...]) -> Diagnostic | None:
    """What was raised while a template was rendered, as a message; None when it is no template's fault."""
    from .sandbox import sentence_of

    at = _place(error, file, templates)
    if at is None:
        return None
    if isinstance(error, Refused):
        giver = Givers(plan).of(error.text, error.part)
        hint = f"{at} prints it" if giver else "put code outside of {{ }}, and pass text through a filter"
        return Diagnostic("unsafe-text", giver or at, str(error), hint)
    message, detail = sentence_of(error)
    hint = f"the template comes from {file.location}, its data from {shown_path(plan.spec.document.path)}"
    return Diagnostic("template", at, message, hint, detail=detail)


def _place(error: Exception, file: File, templates: tuple[Path, ...]) -> Location | None:
    """The template's place of an error: a syntax error says it, else the innermost template frame does."""
    import traceback

    import jinja2

    if isinstance(error, jinja2.TemplateSyntaxError):
        return Location(Path(error.filename or file.origin), error.lineno)
    roots = tuple(f"{folder}/" for folder in templates)
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(roots)]
    if frames:
        return Location(Path(frames[-1].filename), frames[-1].lineno or 0)
    return Location(file.origin, _line_read(error)) if isinstance(error, RecursionError | SyntaxError) else None


def _line_read(error: Exception) -> int:
    """The line at which Jinja stood when it read a template, for errors that are none of Jinja's."""
    import traceback

    for frame, _ in reversed(list(traceback.walk_tb(error.__traceback__))):
        node, parser = frame.f_locals.get("node"), frame.f_locals.get("self")
        for place in (node, getattr(getattr(parser, "stream", None), "current", None)):
            line = getattr(place, "lineno", None)
            if isinstance(line, int):
                return line
    return 1


class Givers:
    """All texts that the spec and the manifests of a plan give, with their places."""

    def __init__(self, plan: Plan) -> None:
        """Look at nothing yet: only errors ask."""
        self._plan = plan

    @cached_property
    def _texts(self) -> list[tuple[str, Location]]:
        documents = (self._plan.spec.document, *(c.document for c in self._plan.components))
        return [pair for document in documents for pair in document.texts()]

    def of(self, text: str, part: str = "") -> Location | None:
        """The place of `text`, or of the longest given text within it, or of the shortest around it.

        What is found holds `part`. The spec comes first.
        """
        fit = [(given, at) for given, at in self._texts if part in given]
        exact = [at for given, at in fit if given == text]
        if exact:
            return exact[0]
        within = [(len(given), at) for given, at in fit if len(given) >= SHORTEST and given in text]
        if within:
            return max(within, key=lambda pair: pair[0])[1]
        around = [(len(given), at) for given, at in fit if len(text) >= SHORTEST and text in given]
        return min(around, key=lambda pair: pair[0])[1] if around else None
