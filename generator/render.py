# SPDX-License-Identifier: BSD-3-Clause
"""`Plan` -> `Tree`: the text of every file, in memory (generator-anchors.md section 3.2).

Plain files are copied byte for byte but for the provenance line; only `.j2` files meet Jinja,
which is imported when the first of them does.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NoReturn

from generator.cache import cache_folder, digest
from generator.components import File
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

        class CEnvironment(jinja2.Environment):
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
        environment.filters.update(makevar=str.upper, hex=hex_, kconfig=kconfig, cident=cident)
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


def hex_(value: int) -> str:
    """Filter `hex`: 4096 -> 0x1000."""
    return f"{value:#x}"


def kconfig(value: object) -> str:
    """Filter `kconfig`: a value as Kconfig writes it: y, n, a number, or text in quotes."""
    if isinstance(value, bool):
        return "y" if value else "n"
    return str(value) if isinstance(value, int) else '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def cident(value: str) -> str:
    """Filter `cident`: a name as a C identifier, virtio-mmio -> virtio_mmio."""
    return re.sub(r"[^A-Za-z0-9_]", "_", value)


def context_of(plan: Plan) -> dict[str, Any]:
    """The names a template may use (docs/writing-a-platform.md lists them)."""
    from types import SimpleNamespace  # mappings would let `x.items` mean a method

    spec, chosen = plan.spec, plan.components
    facts = frozenset(spec.facts)

    def option(name: str) -> object:
        if name not in plan.options:
            unknown(f"no component of the plan declares option '{name}'")
        return plan.options[name]

    def served(key: str) -> tuple[SimpleNamespace, ...]:
        items = spec.machine.get(key, ())
        if not isinstance(items, tuple):
            unknown(f"machine.{key} is not a list")
        servers = (
            (item, c, c.serves[f"{key}.{item}"]) for item in items for c in chosen if f"{key}.{item}" in c.serves
        )
        return tuple(
            SimpleNamespace(name=item, fact=f"{key}.{item}", component=c.name, **attributes)
            for item, c, attributes in servers
        )

    def slot(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line for c in chosen for line in c.slots.get(name, ())))

    has: Callable[[str], bool] = facts.__contains__
    return {
        "spec": spec,
        "level": plan.level.name,
        "machine": spec.machine,
        "option": option,
        "has": has,
        "served": served,
        "slot": slot,
        "components": tuple(
            SimpleNamespace(name=c.name, layer=c.layer, summary=c.summary, files=tuple(f.to for f in c.files))
            for c in chosen
        ),
        "sources": tuple(
            SimpleNamespace(
                path=o.path, basename=PurePosixPath(o.path).name, isr=o.file.isr, kconfig=o.file.kconfig or None
            )
            for o in plan.files
            if o.file.is_compiled
        ),
    }


def unknown(message: str) -> NoReturn:
    """Raise Jinja's own error for a name that does not exist."""
    import jinja2

    raise jinja2.UndefinedError(message)
