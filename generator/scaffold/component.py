# SPDX-License-Identifier: BSD-3-Clause
"""The files of a new component and of a new layer.

A fact of a list that the core goes through at run time is an object of C with functions. Its type is read off the
component that serves another item of the list, its members off the header that declares the type: each becomes a
function that says "not there", so that a guest that has the component boots as it did before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..diagnostics import did_you_mean, fail
from ..escape import C_WORDS
from ..load.components import Component
from ..load.folders import MANIFEST
from ..load.schema import schema_data
from .put import render

_FACT = re.compile(r"[a-z][a-z0-9-]*\.[a-z0-9][a-z0-9-]*")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FUNCTION = re.compile(r"^(?P<result>[^()]*[\s*])\(\*(?P<name>\w+)\)\((?P<arguments>[^()]*)\)$", re.DOTALL)


class Function(NamedTuple):
    """A member of a struct that is a function."""

    name: str
    result: str
    arguments: str
    unused: tuple[str, ...]


class Table(NamedTuple):
    """What the items of one list of facts are in C."""

    struct: str
    header: str
    duty: str
    example: str
    has_name: bool
    functions: tuple[Function, ...]


def component(templates: Path, parts: list[str], fact: str | None, known: Iterable[Component]) -> dict[Path, str]:
    """The files of LAYER/[GROUP/]NAME: it serves a fact, or provides the duty of its name."""
    folder = templates.joinpath(*parts)
    word = _c_name(parts[-1])
    keys = schema_data("component")["properties"]
    about = {key: rule["description"] for key, rule in keys.items() if "description" in rule}
    if fact is None:
        made = {MANIFEST: "component.yaml", f"{word}.c": "duty.c", f"include/plat/{word}.h": "duty.h"}
        table = None
    else:
        table = _table(fact, tuple(known))
        made = {MANIFEST: "component.yaml", f"{word}.c": "item.c"}
    data = {"name": parts[-1], "word": word, "fact": fact, "table": table, "about": about}
    return {folder / path: render(name, **data) for path, name in made.items()}


def layer(templates: Path, name: str) -> dict[Path, str]:
    """The files of a layer with its one component: the hypervisor."""
    word = f"{_c_name(name)}_hypervisor"
    folder = templates / name / f"{name}-hypervisor"
    made = {MANIFEST: "layer.yaml", f"{word}.c": "layer.c"}
    return {folder / path: render(template, name=name, word=word) for path, template in made.items()}


def _c_name(name: str) -> str:
    word = name.replace("-", "_")
    return f"{word}_" if word in C_WORDS else word


def _table(fact: str, known: tuple[Component, ...]) -> Table:
    """The table of a fact's key, by a component that serves another item of it."""
    keys = schema_data("spec")["properties"]["machine"]["properties"]
    key = fact.partition(".")[0]
    if not _FACT.fullmatch(fact) or key not in keys:
        message = f"'{fact}' is not a fact (KEY.ITEM of a spec's machine section)"
        fail("bad-name", None, message, did_you_mean(key, keys))
    for other in known:
        if fact in other.serves:
            fail("exists", other.document.at_key("serves", fact), f"'{fact}' is served already", "choose another item")
    tables = (_declared(struct, place, known) for struct, place in _examples(key, known))
    table = next((table for table in tables if table), None)
    if table is None:
        message = f"no component shows what an item of '{key}' is in C"
        fail("unknown-fact", None, message, "docs/writing-a-platform.md")
    return table


def _examples(key: str, known: tuple[Component, ...]) -> Iterator[tuple[str, str]]:
    """The structs that items of a key are, each with the file that defines one."""
    for other in known:
        symbols = [str(a["symbol"]) for f, a in other.serves.items() if f.startswith(f"{key}.") and "symbol" in a]
        object_of = re.compile(rf"^const struct (\w+) (?:{'|'.join(symbols)}) =", re.MULTILINE)
        for path in (file.origin for file in other.files if symbols and file.origin.suffix == ".c"):
            if found := object_of.search(path.read_text("utf-8")):
                yield found[1], f"templates/{other.folder}/{path.name}"


def _declared(struct: str, example: str, known: tuple[Component, ...]) -> Table | None:
    """What the header that declares a struct says of it; its owner provides a duty."""
    declaration = re.compile(rf"^struct {struct} {{(.*?)^}};", re.MULTILINE | re.DOTALL)
    for owner in (component for component in known if component.provides):
        for file in (file for file in owner.files if file.origin.suffix == ".h"):
            if body := declaration.search(file.origin.read_text("utf-8")):
                members = [" ".join(member.split()) for member in _COMMENT.sub("", body[1]).split(";")]
                functions = tuple(_function(found) for member in members if (found := _FUNCTION.match(member)))
                header = file.to.removeprefix("include/")
                return Table(struct, header, owner.provides[0], example, "const char *name" in members, functions)
    return None


def _function(found: re.Match[str]) -> Function:
    arguments = found["arguments"]
    names = [] if arguments == "void" else [re.split(r"[\s*]", part)[-1] for part in arguments.split(",")]
    return Function(found["name"], found["result"].strip(), arguments, tuple(names))
