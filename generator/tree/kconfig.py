# SPDX-License-Identifier: BSD-3-Clause
"""Checks the rendered Config.uk with Kconfiglib, without a Unikraft tree.

The file is parsed inside a stand-in menu, as the core does it ("Platform Configuration"); the
symbols of the core that we may name are declared by the level's `kconfig-outside` list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from ..diagnostics import Diagnostics, Location, fail
from ..plan.resolve import Plan
from ..reading import read
from .blame import Givers
from .render import Tree

NAME = "Config.uk"
_PLACE = re.compile(r"(?<!\S)\S*/" + re.escape(NAME) + r":(\d+)")  # tried once a word: a word may be long
_NUMBER = re.compile(r"-?[0-9]+|0[xX][0-9a-fA-F]+")


def check_kconfig(plan: Plan, tree: Tree, found: Diagnostics) -> None:
    """Note every fault of the tree's Config.uk: syntax, loops, unknown and doubled symbols, dead options."""
    text = tree[NAME].decode()
    lines = text.split("\n")
    where = _Where(plan, lines)
    defined = set(re.findall(r"^\s*(?:menu)?config\s+(\w+)", text, re.MULTILINE))
    outside = [name for name in plan.level.kconfig_outside if name not in defined]

    def error(code: str, line: int, message: str, hint: str = "", detail: str = "") -> None:
        location, source = where.origin(line)
        found.error(code, location, message, hint, source, detail)

    macros = [line for line, words in enumerate(lines, 1) if "$" in words]
    for line in macros:
        message = "'$' starts a macro of Kconfig, and a macro can run a shell command"
        error("kconfig-macro", line, message, "write the text without it")
    if macros:
        return  # Kconfiglib expands macros while it reads
    kconf = _parse(text, outside, error)
    if kconf is None:
        return
    ours = [symbol for symbol in kconf.unique_defined_syms if symbol.name in defined]
    for symbol in ours:
        if len(symbol.nodes) > 1:
            first, second = (node.linenr for node in symbol.nodes[:2])
            error("kconfig-twice", second, f"symbol {symbol.name} is defined twice", f"first in line {first} of {NAME}")
    for name in sorted(_unknown(kconf)):
        line = where.line_of(name)
        message = f"symbol {name} is neither ours nor one that core level {plan.level.name} is known to define"
        error(
            "kconfig-unknown",
            line,
            message,
            f"mend the name, or add it to kconfig-outside in templates/common/core/{plan.level.name}.yaml",
        )
    platform = plan.spec.unikraft.symbol
    if platform not in defined:
        message = f"the platform's symbol {platform} is not defined here"
        error("kconfig-no-platform", 1, message, "the spec's unikraft.symbol names it")
        return
    if found:
        return  # an unknown name in a dependency is never on
    for symbol in _dead(kconf, ours, platform, outside):
        message = f"option {symbol.name} can never be seen, even with {platform} on"
        error("kconfig-dead", symbol.nodes[0].linenr, message, "look at its 'depends on' and at the menus around it")


def _parse(text: str, outside: Iterable[str], error: Any) -> Any:
    """The parsed stand-in, None when it does not parse; Kconfiglib's warnings are errors here."""
    import tempfile

    import kconfiglib

    with ExitStack() as stack:
        try:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="platgen-"))
            config, top = Path(folder, NAME), Path(folder, "Kconfig")
            config.write_bytes(text.encode())
            declared = "".join(f'config {name}\n\tbool "{name}"\n' for name in outside)
            top.write_text(f'{declared}menu "Platform Configuration"\nsource "{config}"\nendmenu\n')
        except OSError as full:
            message = f"cannot write, and {NAME} is checked there: {full.strerror or full}"
            fail("cannot-write", Location(Path(tempfile.gettempdir())), message, "TMPDIR names another folder")
        try:
            kconf = kconfiglib.Kconfig(str(top), warn_to_stderr=False)
        except kconfiglib.KconfigError as failure:
            message = str(failure).strip()
            if "Dependency loop" in message:
                loop = re.findall(
                    r"(?:^|\.\.\.depends on |\.\.\.depends again on )(\w+) \(defined at", message, re.MULTILINE
                )
                shown = f"symbols depend on each other in a circle: {' -> '.join(loop)}"
                error("kconfig-loop", _line(message), shown)
            else:
                detail = _PLACE.sub("", message).replace(": error:", "").strip(": ")
                error("kconfig-syntax", _line(message), f"this gives a line that is not Kconfig in {NAME}", "", detail)
            return None
        for warning in kconf.warnings:
            text_only = re.sub(r" ?\(defined at [^)]*\)", "", _PLACE.sub("", warning))
            detail = text_only.replace("warning:", "").strip(": ")
            error("kconfig-warning", _line(warning), f"this gives a line that Kconfig warns of in {NAME}", "", detail)
        return kconf


def _line(message: str) -> int:
    place = _PLACE.search(message)
    return int(place[1]) if place else 1


def _unknown(kconf: Any) -> Iterator[str]:
    """Names that are used and defined nowhere."""
    import kconfiglib

    used = {item for node in kconf.node_iter() for item in node.referenced}
    for item in used:
        known = not isinstance(item, kconfiglib.Symbol) or item.nodes or item.is_constant or item.name == "MODULES"
        if not known and not _NUMBER.fullmatch(item.name):
            yield item.name


def _dead(kconf: Any, ours: list[Any], platform: str, outside: Iterable[str]) -> list[Any]:
    """Our options with a prompt that no setting tried here makes visible."""
    import kconfiglib

    waiting = [s for s in ours if any(node.prompt for node in s.nodes)]
    needed = dict(_needed(kconf.syms[platform].direct_dep))
    for core in (2, 0):
        for all_on in (False, True):
            kconf.unset_values()
            for name in outside:
                kconf.syms[name].set_value(needed.get(name, core))
            kconf.syms[platform].set_value(2)
            for symbol in ours if all_on else ():
                if symbol.type == kconfiglib.BOOL:
                    symbol.set_value(2)
            waiting = [s for s in waiting if not s.visibility]
    return waiting


def _needed(dependency: Any) -> Iterator[tuple[str, int]]:
    """What symbols have to be for a dependency to hold, as far as it says so plainly."""
    import kconfiglib

    if isinstance(dependency, kconfiglib.Symbol):
        yield dependency.name, 2
    elif isinstance(dependency, tuple) and dependency[0] == kconfiglib.AND:
        yield from _needed(dependency[1])
        yield from _needed(dependency[2])
    elif isinstance(dependency, tuple) and dependency[0] == kconfiglib.NOT:
        yield from ((name, 0) for name, _ in _needed(dependency[1]))


class _Where:
    """From lines of the rendered file back to what a person edits."""

    def __init__(self, plan: Plan, lines: list[str]) -> None:
        self.plan = plan
        self.lines = lines
        self.file = next(output.file for output in plan.files if output.path == NAME)

    def line_of(self, symbol: str) -> int:
        """The first line that names a symbol."""
        word = re.compile(rf"\b{symbol}\b")
        return next((i for i, line in enumerate(self.lines, 1) if word.search(line.partition("#")[0])), 1)

    def origin(self, line: int) -> tuple[Location, str | None]:
        """The template or manifest line that gave this line, and the text to show."""
        text = self.lines[line - 1]
        if not self.file.is_template:
            return Location(self.file.origin, max(1, line - 1), 1), None  # line 2 is the provenance line
        template = read(self.file.origin).decode(errors="replace").split("\n")
        same = [i for i, other in enumerate(template, 1) if other == text]
        if same and len(same) == self.lines.count(text):
            return Location(self.file.origin, same[self.lines[: line - 1].count(text)], 1), None
        given = Givers(self.plan).of(text)
        if given:
            return given, None
        return Location(self.file.origin, 1), f"rendered as: {text.strip()}"
