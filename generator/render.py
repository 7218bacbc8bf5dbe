# SPDX-License-Identifier: BSD-3-Clause
"""`Plan` -> `Tree`: the text of every file, in memory (docs/design.md section 1).

Plain files are copied byte for byte but for the provenance line; only `.j2` files meet Jinja,
which is imported when the first of them does.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from generator.cache import cache_folder, digest
from generator.components import File
from generator.context import FILTERS, context_of
from generator.diagnostics import Diagnostics, Location
from generator.resolve import OutputFile, Plan

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment, nodes
    from jinja2.bccache import Bucket

Tree = dict[str, bytes]
C_LIKE = (".c", ".h", ".S")
HASH_LIKE = (".uk", ".mk", ".yaml", ".ld")


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
        if _text(output.file, found) is None:
            return None
        name = output.file.origin.relative_to(self.templates).as_posix()
        try:
            text = self._environment.get_template(name).render(context)
        except Exception as error:  # a template may raise anything; it is the template's error
            location, message = self._jinja_error(error, output.file)
            if location is None:
                raise
            found.error("template", location, message)
            return None
        return self._with_provenance(output, text, f" and {self._spec_name(plan)}", found)

    def _with_provenance(self, output: OutputFile, text: str, data: str, found: Diagnostics) -> bytes | None:
        """Put line 2 in: which file to edit. It says no date, no version and no folder of the user."""
        origin = output.file.origin
        first, newline, rest = text.partition("\n")
        if "SPDX-License-Identifier:" not in first or not newline:
            at = Location(origin, 1, 1)
            found.error("no-spdx", at, "line 1 must be a comment with SPDX-License-Identifier:")
            return None
        path = PurePosixPath(output.path)
        line = f"Code generated from templates/{origin.relative_to(self.templates).as_posix()}{data}. DO NOT EDIT."
        if path.suffix in C_LIKE:
            line = f"/* {line} */"
        elif path.suffix in HASH_LIKE or path.name == "Makefile":
            line = f"# {line}"
        else:
            message = f"do not know how a comment is written in '{path.name}'"
            found.error(
                "no-comment", output.file.location, message, f"known: {', '.join(C_LIKE + HASH_LIKE)}, Makefile"
            )
            return None
        return f"{first}\n{line}\n{rest}".encode()

    def _spec_name(self, plan: Plan) -> str:
        path = plan.spec.document.path
        return f"platforms/{path.name}" if path.parent == self.platforms else path.name

    @cached_property
    def _environment(self) -> Environment:
        import jinja2
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        class CEnvironment(ImmutableSandboxedEnvironment):
            """Refuses `{{0}}` and `{{1, 2}}`: in C they are initialisers, Jinja would print 0 and (1, 2)."""

            def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
                tree = super()._parse(source, name, filename)
                for output in tree.find_all(jinja2.nodes.Output):
                    for child in output.nodes:
                        if isinstance(child, jinja2.nodes.Literal) and not isinstance(child, jinja2.nodes.TemplateData):
                            message = "'{{' with a constant prints the constant; write '{ {' for a C initialiser"
                            raise jinja2.TemplateSyntaxError(message, child.lineno, name, filename)
                return tree

        environment = CEnvironment(
            loader=jinja2.FileSystemLoader(self.templates),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
            auto_reload=False,
            bytecode_cache=_bytecode_cache(),
        )
        environment.filters.update(FILTERS)
        return environment

    def _jinja_error(self, error: Exception, file: File) -> tuple[Location | None, str]:
        """The template's place of an error: a syntax error says it, else the innermost template frame does."""
        import traceback

        import jinja2

        message = str(error) or type(error).__name__
        if isinstance(error, jinja2.TemplateSyntaxError):
            return Location(Path(error.filename or file.origin), error.lineno), message
        if isinstance(error, jinja2.TemplateNotFound):
            message = f"there is no template '{error.name}'"
        root = f"{self.templates}/"
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(root)]
        if not frames:
            return None, message
        if not isinstance(error, jinja2.TemplateError):
            message = f"{type(error).__name__}: {message}"
        return Location(Path(frames[-1].filename), frames[-1].lineno or 0), message


def _bytecode_cache() -> BytecodeCache | None:
    """Compiled templates in the user's cache; their names change with Jinja and with this module."""
    import jinja2

    folder = cache_folder()
    if folder is None:
        return None

    class Cache(jinja2.FileSystemBytecodeCache):
        def dump_bytecode(self, bucket: Bucket) -> None:
            with contextlib.suppress(OSError):  # a full disk only costs time
                super().dump_bytecode(bucket)

    version = digest(Path(__file__).read_bytes(), jinja2.__version__.encode())[:16]
    return Cache(str(folder), f"{version}-%s")


def _text(file: File, found: Diagnostics) -> str | None:
    """A template's text, checked to be text that ends in a newline."""
    try:
        raw = file.origin.read_bytes()
    except OSError as error:
        found.error("cannot-read", Location(file.origin), f"cannot read: {error.strerror}")
        return None
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found.error("not-utf-8", Location(file.origin, line), f"byte 0x{raw[error.start]:02x} is not UTF-8")
        return None
    if not text.endswith("\n") or "\r" in text:
        found.error("line-ends", Location(file.origin), "every line must end in a newline, without a carriage return")
        return None
    return text
