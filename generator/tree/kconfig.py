# SPDX-License-Identifier: BSD-3-Clause
"""Checks the rendered Config.uk with Kconfiglib, without a Unikraft tree.

The file is parsed inside a stand-in menu, as the core does it ("Platform Configuration"); the
symbols of Unikraft that components may name are those of their `kconfig-outside` lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ..diagnostics import Diagnostic, Location
from ..load.folders import MANIFEST
from ..plan.resolve import Plan
from ..reading import read
from .blame import Givers
from .render import Tree

NAME = "Config.uk"
_PLACE = rf"(?<!\S)\S*/{re.escape(NAME)}:(\d+)"  # tried once a word: a word may be long
_NUMBER = r"-?[0-9]+|0[xX][0-9a-fA-F]+"


class Fault(NamedTuple):
    """An error at a line of the rendered file."""

    code: str
    line: int
    message: str
    hint: str = ""
    detail: str = ""


def check(plan: Plan, tree: Tree) -> tuple[Diagnostic, ...]:
    """Every fault of the tree's Config.uk: syntax, loops, unknown and doubled symbols, dead options."""
    import tempfile

    if NAME not in tree:
        return ()
    text = tree[NAME].decode()
    try:
        faults = tuple(_faults(plan, text))
    except OSError as full:
        message = f"cannot write, and {NAME} is checked there: {full.strerror or full}"
        hint = "TMPDIR names another folder"
        return (Diagnostic("cannot-write", Location(Path(tempfile.gettempdir())), message, hint),)
    origins = _Origins(plan, text.split("\n"))
    return tuple(origins.diagnostic(fault) for fault in faults)


def _faults(plan: Plan, text: str) -> Iterator[Fault]:
    lines = text.split("\n")
    macros = [line for line, words in enumerate(lines, 1) if "$" in words]
    for line in macros:
        message = "'$' starts a Kconfig macro, and macros can run shell commands"
        yield Fault("kconfig-macro", line, message, "remove it from the text")
    if macros:
        return  # Kconfiglib expands macros while it reads
    defined = set(re.findall(r"^\s*(?:menu)?config\s+(\w+)", text, re.MULTILINE))
    outside = sorted({name for component in plan.components for name in component.kconfig_outside} - defined)
    kconf, faults = _parse(text, outside)
    if kconf is None:
        yield from faults
        return
    ours = [symbol for symbol in kconf.unique_defined_syms if symbol.name in defined]
    faults = (*faults, *_twice(ours), *_unknown(kconf, lines))
    yield from faults
    platform = plan.spec.unikraft.symbol
    if platform not in defined:
        message = f"the platform's symbol {platform} is not defined here"
        yield Fault("kconfig-no-platform", 1, message, "the spec's unikraft.symbol names it")
    elif not faults:  # an unknown name in a dependency is never on
        yield from _dead(kconf, ours, platform, outside)


def _parse(text: str, outside: Iterable[str]) -> tuple[Any, tuple[Fault, ...]]:
    """The parsed stand-in, None when it does not parse; Kconfiglib's warnings are errors here."""
    import tempfile

    import kconfiglib

    with tempfile.TemporaryDirectory(prefix="platgen-") as folder:
        config, top = Path(folder, NAME), Path(folder, "Kconfig")
        config.write_bytes(text.encode())
        declared = "".join(f'config {name}\n\tbool "{name}"\n' for name in outside)
        top.write_text(f'{declared}menu "Platform Configuration"\nsource "{config}"\nendmenu\n')
        try:
            kconf = kconfiglib.Kconfig(str(top), warn_to_stderr=False)
        except kconfiglib.KconfigError as failure:
            return None, (_failure(str(failure).strip()),)
    return kconf, tuple(_warning(warning) for warning in kconf.warnings)


def _failure(message: str) -> Fault:
    """Why Kconfiglib has stopped."""
    if "Dependency loop" in message:
        dependants = r"(?:^|\.\.\.depends on |\.\.\.depends again on )(\w+) \(defined at"
        loop = re.findall(dependants, message, re.MULTILINE)
        return Fault("kconfig-loop", _line(message), f"symbols depend on each other in a cycle: {' -> '.join(loop)}")
    detail = re.sub(_PLACE, "", message).replace(": error:", "").strip(": ")
    what = f"this yields a line that is not valid Kconfig in {NAME}"
    return Fault("kconfig-syntax", _line(message), what, "", detail)


def _warning(warning: str) -> Fault:
    text_only = re.sub(r" ?\(defined at [^)]*\)", "", re.sub(_PLACE, "", warning))
    detail = text_only.replace("warning:", "").strip(": ")
    what = f"Kconfig warns about the line that this yields in {NAME}"
    return Fault("kconfig-warning", _line(warning), what, "", detail)


def _line(message: str) -> int:
    place = re.search(_PLACE, message)
    return int(place[1]) if place else 1


def _twice(ours: list[Any]) -> Iterator[Fault]:
    for symbol in ours:
        if len(symbol.nodes) > 1:
            first, second = (node.linenr for node in symbol.nodes[:2])
            message = f"symbol {symbol.name} is defined twice"
            yield Fault("kconfig-twice", second, message, f"first in line {first} of {NAME}")


def _unknown(kconf: Any, lines: list[str]) -> Iterator[Fault]:
    for name in sorted(_undefined(kconf)):
        word = re.compile(rf"\b{name}\b")
        line = next((i for i, line in enumerate(lines, 1) if word.search(line.partition("#")[0])), 1)
        message = f"symbol {name} is unknown: the tree does not define it, and no component lists it as Unikraft's"
        hint = f"fix the name, or list it under kconfig-outside in the component's {MANIFEST}"
        yield Fault("kconfig-unknown", line, message, hint)


def _undefined(kconf: Any) -> Iterator[str]:
    """Names that are used and defined nowhere."""
    import kconfiglib

    used = {item for node in kconf.node_iter() for item in node.referenced}
    for item in used:
        known = not isinstance(item, kconfiglib.Symbol) or item.nodes or item.is_constant or item.name == "MODULES"
        if not known and not re.fullmatch(_NUMBER, item.name):
            yield item.name


def _dead(kconf: Any, ours: list[Any], platform: str, outside: Iterable[str]) -> Iterator[Fault]:
    for symbol in _invisible(kconf, ours, platform, outside):
        message = f"option {symbol.name} can never be reached in the menu, even with {platform} on"
        hint = "check its 'depends on' and the menus around it"
        yield Fault("kconfig-dead", symbol.nodes[0].linenr, message, hint)


def _invisible(kconf: Any, ours: list[Any], platform: str, outside: Iterable[str]) -> list[Any]:
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


class _Origins:
    """From lines of the rendered file back to what a person edits."""

    def __init__(self, plan: Plan, lines: list[str]) -> None:
        self.plan = plan
        self.lines = lines
        self.file = next(output.file for output in plan.files if output.path == NAME)

    def diagnostic(self, fault: Fault) -> Diagnostic:
        """A fault as a message that points to its origin."""
        location, source = self.of(fault.line)
        return Diagnostic(fault.code, location, fault.message, fault.hint, source, fault.detail)

    def of(self, line: int) -> tuple[Location, str | None]:
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
