# SPDX-License-Identifier: BSD-3-Clause
"""The Jinja environment: what templates may do, and what becomes of all that they print.

Templates run in Jinja's sandbox and change nothing that they are given. Each `{{ ... }}` goes through
`escape.printed`, by the language of the file that is made.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.loaders import split_template_path
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..escape import LANGUAGES, Code, Language, printed, text
from ..reading import read
from .context import FILTERS


class Loader(jinja2.FileSystemLoader):
    """Templates below some folders; links that leave them lead nowhere."""

    def get_source(
        self,
        environment: jinja2.Environment,  # noqa: ARG002
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        """Jinja looks a template up."""
        for folder in self.searchpath:
            path = os.path.join(folder, *split_template_path(template))
            if os.path.realpath(path).startswith(f"{os.path.realpath(folder)}/"):
                with suppress(OSError):
                    return read(Path(path)).decode(), path, lambda: True
        raise jinja2.TemplateNotFound(template)


class Compiler(CodeGenerator):
    """Refuses what prints and would not be looked at.

    `{{0}}` and `{{1, 2}}` are refused, too: in C they are initialisers, Jinja would print 0 and (1, 2).
    """

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """`{{ ... }}`, and the text around."""
        for child in node.nodes:
            if isinstance(child, nodes.Literal) and not isinstance(child, nodes.TemplateData):
                self.fail("'{{' with a constant prints the constant; write '{ {' for a C initialiser", child.lineno)
        super().visit_Output(node, frame)

    def visit_FilterBlock(self, node: nodes.FilterBlock, frame: Frame) -> None:  # noqa: ARG002, N802
        """`{% filter %}`."""
        self.fail("{% filter %} would print unchecked text; use {{ ... }}", node.lineno)

    def visit_CallBlock(self, node: nodes.CallBlock, frame: Frame) -> None:  # noqa: ARG002, N802
        """`{% call %}`."""
        self.fail("{% call %} would print unchecked text; use {{ ... }}", node.lineno)


class Sandbox(ImmutableSandboxedEnvironment):
    """Templates for files of one language."""

    language: Language = LANGUAGES[0]

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """What a macro or a block has printed has been looked at."""
        return Code("".join(parts))

    code_generator_class = Compiler


@jinja2.pass_context
def _printed(context: Context, value: Any) -> str:
    environment = context.environment
    assert isinstance(environment, Sandbox)
    return printed(value, environment.language)


@jinja2.pass_context
def _text(context: Context, value: Any) -> Code:
    """Filter `text`: text for within quotes or a comment of the file's language."""
    environment = context.environment
    assert isinstance(environment, Sandbox)
    return text(value, environment.language)


def environments(
    templates: tuple[Path, ...],
    languages: Iterable[Language] = LANGUAGES,
    filters: Mapping[str, Callable[..., str]] = FILTERS,
) -> dict[str, Sandbox]:
    """One environment for each language, by its name."""
    base = Sandbox(
        loader=Loader(templates),
        undefined=jinja2.StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        auto_reload=False,
        optimized=False,
    )
    base.filters.update(filters, text=_text)
    made: dict[str, Sandbox] = {}
    for language in languages:
        environment = base.overlay()
        assert isinstance(environment, Sandbox)
        environment.language = language
        made[language.name] = environment
    return made


def sentence_of(error: Exception) -> tuple[str, str]:
    """An error while a template is read or rendered: our sentence, and Jinja's or Python's as a detail."""
    said = str(error) or type(error).__name__
    if isinstance(error, jinja2.TemplateNotFound):
        return f"there is no template '{error.name}' under templates/", ""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return "this template cannot be read", said
    if isinstance(error, jinja2.exceptions.SecurityError):
        return "a template may not do this", said
    if isinstance(error, jinja2.UndefinedError):
        return "this template uses something that does not exist", said
    if isinstance(error, RecursionError | SyntaxError):
        return "this template nests too deep", ""
    return "this template fails", said if isinstance(error, jinja2.TemplateError) else f"{type(error).__name__}: {said}"
