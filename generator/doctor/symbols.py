# SPDX-License-Identifier: BSD-3-Clause
"""Symbols on the border: what the core wants of a platform, and what we want of the core.

The lists are data, in templates/common/core/LEVEL.yaml. The compiler compares the prototypes: it reads
the file that defines a symbol with the core's declaration put before it.
"""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from ..load.levels import Level
from ..reading import read_any
from .build import Build, Compiled, Source, compile_
from .checkout import Checkout
from .config import Configuration
from .report import Check, counted, several

MAX_OBJECT = 64 << 20
PROVIDES, NEEDS = "provides-symbols", "needs-symbols"


class Group(NamedTuple):
    """Symbols that one header declares, or that one place in the checkout's sources has."""

    header: str
    source: str
    names: tuple[str, ...]
    prototypes: tuple[str, ...]

    @property
    def symbols(self) -> tuple[str, ...]:
        """All names, those of the prototypes too."""
        return (*self.names, *(name_of(text) for text in self.prototypes))

    @property
    def declarations(self) -> str:
        """C text that declares the symbols as the core does."""
        include = f"#include <{self.header}>\n" if self.header else ""
        return include + "".join(f"extern {text};\n" for text in self.prototypes)


def name_of(prototype: str) -> str:
    """`int f(void)` -> `f`; `char a[]` -> `a`."""
    return str(re.findall(r"\w+", re.split(r"[(\[]", prototype)[0])[-1])


def groups(level: Level, key: str, config: Configuration) -> list[Group]:
    """The level's list `key`, without what does not count in this configuration."""
    data: list[dict[str, Any]] = level.document.data.get(key, [])
    return [
        Group(d.get("header", ""), d.get("source", ""), tuple(d.get("names", ())), tuple(d.get("prototypes", ())))
        for d in data
        if config.has(d.get("when", ""))
    ]


def examine(checkout: Checkout, level: Level, build: Build, config: Configuration) -> list[Check]:
    """The checks of both lists."""
    provides, needs = (groups(level, key, config) for key in (PROVIDES, NEEDS))
    undeclared = _undeclared([*provides, *needs], build)
    missing = chain(_undefined(provides, build), *(undeclared[group] for group in provides))
    unmet = chain(*(chain(undeclared[group], _not_in_source(group, checkout)) for group in needs))
    return [
        _check("provides", level, provides, missing, "that the core asks of the platform"),
        _check("needs", level, needs, unmet, "that the platform uses of the core"),
    ]


def _check(name: str, level: Level, wanted: list[Group], faults: Iterable[str], text: str) -> Check:
    wrong = tuple(faults)
    if not wanted:
        return Check(name, "skipped", f"templates/common/core/{level.name}.yaml has no list of them")
    symbols = f"{counted(len({symbol for group in wanted for symbol in group.symbols}), 'symbol')} {text}"
    if wrong:
        return Check(name, "problem", f"{counted(len(wrong), 'fault')} among the {symbols}", wrong)
    return Check(name, "ok", f"all {symbols} are there, as declared")


def _undefined(wanted: list[Group], build: Build) -> Iterator[str]:
    """Which symbols we do not define, or otherwise than the core declares them."""
    ours = [result for result in build.results if result.source.is_ours]
    defined: dict[Path, list[tuple[Group, str]]] = {}
    for group in wanted:
        for name in group.symbols:
            place = next((result.source.path for result in ours if defines(result, name)), None)
            if place is None:
                yield f"{name}: no file of the platform that is built defines it"
            else:
                defined.setdefault(place, []).append((group, name))

    def faults(result: Compiled) -> list[str]:
        here = defined.get(result.source.path, [])
        before = "".join(dict.fromkeys(group.declarations for group, _ in here))
        if not before or result.source.kind != "c" or result.errors:
            return []
        errors = compile_(result.source, build.work, "-include", str(_write(build, before))).errors
        named = [(error, [name for _, name in here if re.search(rf"\b{name}\b", error)]) for error in errors]
        return [f"{several(names or [name for _, name in here])}: {error}" for error, names in named]

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from chain(*pool.map(faults, ours))


def _not_in_source(group: Group, checkout: Checkout) -> Iterator[str]:
    """Which symbols the checkout's sources do not have."""
    text = _text(checkout.path / group.source) if group.source else b""
    for name in group.symbols if group.source else ():
        if not re.search(rf"\b{re.escape(name)}\b".encode(), text):
            yield f"{name}: nothing in {group.source} has it"


def _undeclared(wanted: list[Group], build: Build) -> Mapping[Group, list[str]]:
    """What the headers do not declare, or declare otherwise. One probe for all; when it fails, one for each."""
    example = next((r.source for r in build.results if r.source.kind == "c" and r.source.is_ours), None)

    def errors(*chosen: Group) -> tuple[str, ...]:
        path = _write(build, "".join(map(_probe, chosen)), ".c")
        return compile_(Source(path, "", example.command, True), build.work).errors if example else ()

    def faults(group: Group) -> list[str]:
        found: dict[str, str] = {}  # the first error of each symbol; the others follow from it
        for error in errors(group):
            place, _, message = error.partition("error: ")
            name = place.split(":")[0]
            names = name if name in group.symbols else several(group.symbols)
            where = "" if message.startswith(group.header) else f"{group.header}: "
            found.setdefault(names, f"{names}: {where}{message or error}")
        return list(found.values())

    wrong = bool(errors(*wanted))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(wanted, pool.map(faults, wanted) if wrong else ([] for _ in wanted), strict=True))


def _probe(group: Group) -> str:
    """C text that compiles when the group's header declares all its symbols."""
    if not group.header:
        return ""
    text = f"#include <{group.header}>\n"
    for name in group.names:  # a macro counts by being there; `struct x` by its size
        if " " in name:
            text += f'{_line(name)}_Static_assert(sizeof({name}) > 0, "");\n'
        else:
            text += f"#ifndef {name}\n{_line(name)}extern __typeof__({name}) *probe_{name};\n#endif\n"
    return text + "".join(f"{_line(name_of(text))}extern {text};\n" for text in group.prototypes)


def _line(name: str) -> str:
    """Has the compiler call the place of the next line by the symbol's name."""
    return f'#line 1 "{name}"\n'


def defines(result: Compiled, name: str) -> bool:
    """Whether a source defines a symbol that others can see."""
    if result.source.kind == "S":
        return name.encode() in _globals(result.output)
    if result.source.kind == "lds":
        return bool(re.search(rf"\b{re.escape(name)}\s*=[^=]", _text(result.output).decode(errors="replace")))
    text = _text(result.source.path).decode(errors="replace")
    before = r"^(?!static\b|extern\b|typedef\b|#|[\s*/])[\w\s*()]*\b"
    pattern = rf"{before}{re.escape(name)}(?:\[[^\n]*?\])?\s*(?:\([^;{{}}]*\)[^;{{}}=]*\{{|=|;)"
    return bool(re.search(pattern, text, re.MULTILINE))


@cache
def _globals(elf: Path) -> frozenset[bytes]:
    """The global symbols that a 64-bit object file defines."""
    data = read_any(elf, MAX_OBJECT)
    if data[:6] != b"\x7fELF\x02\x01":
        return frozenset()
    start, size, count = struct.unpack_from("<40xQ10xHH", data)
    headers = [struct.unpack_from("<IIQQQQIIQQ", data, start + i * size) for i in range(count)]
    names: set[bytes] = set()
    for header in headers:
        if header[1] != 2:  # SHT_SYMTAB
            continue
        strings = headers[header[6]][4]
        for at in range(header[4], header[4] + header[5], 24):
            name, info, _, section = struct.unpack_from("<IBBH", data, at)
            if info >> 4 and section:  # neither local nor undefined
                end = data.index(b"\0", strings + name)
                names.add(data[strings + name : end])
    return frozenset(names)


def _text(place: Path) -> bytes:
    """A file, or all sources and rules below a folder."""
    if place.is_file():
        return read_any(place, MAX_OBJECT)
    kinds = {".c", ".h", ".S", ".rules", ".uk"}
    return b"\n".join(read_any(path) for path in sorted(place.rglob("*")) if path.suffix in kinds)


def _write(build: Build, text: str, suffix: str = ".h") -> Path:
    """A file with this text, named after it."""
    from hashlib import sha256

    path = build.work / "platgen" / f"probe-{sha256(text.encode()).hexdigest()[:12]}{suffix}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return path
