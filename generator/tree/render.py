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

from ..diagnostics import Diagnostic, Location, Outcome, read_file
from ..escape import KNOWN, language_of
from ..load.late import late_patterns
from ..plan.resolve import OutputFile, Plan
from .blame import fault_of
from .context import context_of

if TYPE_CHECKING:
    from .sandbox import Sandbox

Tree = dict[str, bytes]


class Renderer:
    """Renders plans of some templates folders; templates are compiled once for all of them."""

    def __init__(self, templates: tuple[Path, ...], platforms: Path) -> None:
        """`templates` hold the layers, `platforms` the specs of this checkout."""
        self.templates = templates
        self.platforms = platforms
        self._copies: dict[Path, Outcome[bytes]] = {}

    def render(self, plan: Plan) -> Outcome[Tree]:
        """The tree, without the files that cannot be rendered."""
        context = context_of(plan)
        tree: Tree = {}
        errors: list[Diagnostic] = []
        for output in plan.files:
            data, faults = self._template(output, plan, context) if output.file.is_template else self._copy(output)
            errors += faults
            if data is not None:
                tree[output.path] = data
        return Outcome(tree, tuple(errors))

    def _copy(self, output: OutputFile) -> Outcome[bytes]:
        origin = output.file.origin
        if origin not in self._copies:
            text, errors = _read(origin)
            self._copies[origin] = Outcome(None, errors) if text is None else self._with_provenance(output, text, "")
        return self._copies[origin]

    def _template(self, output: OutputFile, plan: Plan, context: Mapping[str, object]) -> Outcome[bytes]:
        origin = output.file.origin
        language = language_of(output.path)
        if language is None:
            return Outcome(None, (_no_comment(output),))
        source, errors = _read(origin)
        if source is None:
            return Outcome(None, errors)
        try:
            text = self._environments[language.name].get_template(self._name(origin)).render(context)
        except Exception as error:  # a template may raise anything; it is the template's error
            fault = fault_of(error, output.file, plan, self.templates)
            if fault is None:
                raise
            return Outcome(None, (fault,))
        return self._with_provenance(output, text, f" and {self._spec_name(plan)}")

    def _with_provenance(self, output: OutputFile, text: str, data: str) -> Outcome[bytes]:
        """Put line 2 in: which file to edit. It says no date, no version and no folder of the user."""
        language = language_of(output.path)
        if language is None:
            return Outcome(None, (_no_comment(output),))
        origin = output.file.origin
        first, newline, rest = text.partition("\n")
        if "SPDX-License-Identifier:" not in first or not newline:
            message = "line 1 must be a comment with SPDX-License-Identifier:"
            return Outcome(None, (Diagnostic("no-spdx", Location(origin, 1, 1), message),))
        opening, closing = language.comment
        line = f"Code generated from templates/{self._name(origin)}{data}. DO NOT EDIT."
        return Outcome(f"{first}\n{opening}{line}{closing}\n{rest}".encode())

    def _name(self, origin: Path) -> str:
        names = (f"{origin}".removeprefix(f"{folder}/") for folder in self.templates)
        return min(names, key=len)  # one of the folders may lie in another

    def _spec_name(self, plan: Plan) -> str:
        path = plan.spec.document.path
        return f"platforms/{path.name}" if path.parent == self.platforms else path.name

    @cached_property
    def _environments(self) -> Mapping[str, Sandbox]:
        with late_patterns("jinja2"):
            from .sandbox import environments

        return environments(self.templates)


def _no_comment(output: OutputFile) -> Diagnostic:
    message = f"platgen does not know how to write a comment in '{PurePosixPath(output.path).name}'"
    return Diagnostic("no-comment", output.file.location, message, f"known: {KNOWN}")


def _read(origin: Path) -> Outcome[str]:
    """The text of a template or plain file, whose every line ends in a newline."""
    raw, errors = read_file(origin)
    if raw is None:
        return Outcome(None, errors)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        return Outcome(None, (Diagnostic("not-utf-8", Location(origin, line), message),))
    if not text.endswith("\n") or "\r" in text:
        line = text.count("\n", 0, text.index("\r") if "\r" in text else len(text)) + 1
        message = "every line must end in a newline, without a carriage return"
        return Outcome(None, (Diagnostic("line-ends", Location(origin, line, 1), message),))
    return Outcome(text)
