# SPDX-License-Identifier: BSD-3-Clause
"""`Plan` -> `Tree`: the text of every file, in memory (docs/design.md section 1).

Plain files are copied byte for byte but for the provenance line; only `.j2` files meet Jinja,
which is imported when the first of them does.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostics, Location, read_noted, shown_path
from ..escape import KNOWN, Language, Refused, language_of
from ..load.components import File
from ..plan.resolve import OutputFile, Plan
from .context import context_of

if TYPE_CHECKING:
    from .sandbox import Sandbox

Tree = dict[str, bytes]


class Renderer:
    """Renders plans of one templates folder; templates are compiled once for all of them."""

    def __init__(self, templates: Path, platforms: Path) -> None:
        """`templates` holds the layers, `platforms` the specs of this checkout."""
        self.templates = templates
        self.platforms = platforms
        self._plain: dict[Path, bytes | None] = {}

    def render(self, plan: Plan, found: Diagnostics) -> Tree:
        """The tree; what cannot be rendered is left out and is then in `found`."""
        context = context_of(plan)
        tree: Tree = {}
        for output in plan.files:
            data = (
                self._template(output, plan, context, found) if output.file.is_template else self._copy(output, found)
            )
            if data is not None:
                tree[output.path] = data
        return tree

    def _copy(self, output: OutputFile, found: Diagnostics) -> bytes | None:
        origin = output.file.origin
        if origin not in self._plain:
            text = _text(output.file, found)
            self._plain[origin] = None if text is None else self._with_provenance(output, text, "", found)
        return self._plain[origin]

    def _template(
        self, output: OutputFile, plan: Plan, context: Mapping[str, object], found: Diagnostics
    ) -> bytes | None:
        language = self._language(output, found)
        if language is None or _text(output.file, found) is None:
            return None
        name = output.file.origin.relative_to(self.templates).as_posix()
        try:
            text = self._environments[language.name].get_template(name).render(context)
        except Exception as error:  # a template may raise anything; it is the template's error
            self._note(error, output, plan, found)
            return None
        return self._with_provenance(output, text, f" and {self._spec_name(plan)}", found)

    def _with_provenance(self, output: OutputFile, text: str, data: str, found: Diagnostics) -> bytes | None:
        """Put line 2 in: which file to edit. It says no date, no version and no folder of the user."""
        language = self._language(output, found)
        if language is None:
            return None
        origin = output.file.origin
        first, newline, rest = text.partition("\n")
        if "SPDX-License-Identifier:" not in first or not newline:
            at = Location(origin, 1, 1)
            found.error("no-spdx", at, "line 1 must be a comment with SPDX-License-Identifier:")
            return None
        line = f"Code generated from templates/{origin.relative_to(self.templates).as_posix()}{data}. DO NOT EDIT."
        opening, closing = language.comment
        return f"{first}\n{opening}{line}{closing}\n{rest}".encode()

    def _language(self, output: OutputFile, found: Diagnostics) -> Language | None:
        language = language_of(output.path)
        if language is None:
            message = f"do not know how a comment is written in '{PurePosixPath(output.path).name}'"
            found.error("no-comment", output.file.location, message, f"known: {KNOWN}")
        return language

    def _spec_name(self, plan: Plan) -> str:
        path = plan.spec.document.path
        return f"platforms/{path.name}" if path.parent == self.platforms else path.name

    @cached_property
    def _environments(self) -> Mapping[str, Sandbox]:
        from .sandbox import environments

        return environments(self.templates)

    def _note(self, error: Exception, output: OutputFile, plan: Plan, found: Diagnostics) -> None:
        """Note an error of rendering; what is no template's fault is raised again."""
        from .sandbox import sentence_of

        at = self._place(error, output.file)
        if at is None:
            raise error
        if isinstance(error, Refused):
            from .blame import Givers

            giver = Givers(plan).of(error.text, error.part)
            hint = f"{at} prints it" if giver else "code stands outside of {{ }}, text of its own goes by a filter"
            found.error("unsafe-text", giver or at, str(error), hint)
            return
        message, detail = sentence_of(error)
        data = f"its data from {shown_path(plan.spec.document.path)}"
        hint = f"the template comes from {output.file.location}, {data}"
        found.error("template", at, message, hint, detail=detail)

    def _place(self, error: Exception, file: File) -> Location | None:
        """The template's place of an error: a syntax error says it, else the innermost template frame does."""
        import traceback

        import jinja2

        if isinstance(error, jinja2.TemplateSyntaxError):
            return Location(Path(error.filename or file.origin), error.lineno)
        root = f"{self.templates}/"
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(root)]
        return Location(Path(frames[-1].filename), frames[-1].lineno or 0) if frames else None


def _text(file: File, found: Diagnostics) -> str | None:
    """A template's text, checked to be text that ends in a newline."""
    raw = read_noted(file.origin, found)
    if raw is None:
        return None
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found.error("not-utf-8", Location(file.origin, line), f"byte 0x{raw[error.start]:02x} is not UTF-8")
        return None
    if not text.endswith("\n") or "\r" in text:
        line = text.count("\n", 0, text.index("\r") if "\r" in text else len(text)) + 1
        at = Location(file.origin, line, 1)
        found.error("line-ends", at, "every line must end in a newline, without a carriage return")
        return None
    return text
