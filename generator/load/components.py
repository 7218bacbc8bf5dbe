# SPDX-License-Identifier: BSD-3-Clause
"""`component.yaml` -> `Component`.

A component is one duty (docs/design.md section 2). Everything said here is about one manifest or
one layer; how components fit together is the business of `resolve`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from .. import TREE_MANIFEST
from ..diagnostics import Diagnostics, Location, Outcome, did_you_mean
from ..escape import C_WORDS
from .document import Document
from .file import load
from .folders import MANIFEST, component_folders
from .schema import schema_data
from .spec import Scalar

COMMON = "common"
NOT_LAYERS = (COMMON, "macros")


class File(NamedTuple):
    """One file a component yields: `source` below the component's folder, `to` in the tree."""

    source: str
    to: str
    isr: bool
    kconfig: str
    origin: Path
    location: Location

    @property
    def is_template(self) -> bool:
        """Whether data goes in; all others are copied as they are."""
        return self.source.endswith(".j2")

    @property
    def is_compiled(self) -> bool:
        """Whether the file is a source of the build; a linker script is not."""
        return self.to.endswith((".c", ".S")) and not self.to.endswith(".lds.S")


class Component(NamedTuple):
    """One manifest, all values in plain types; `folder` is below `templates/`."""

    name: str
    layer: str
    folder: str
    summary: str
    serves: Mapping[str, Mapping[str, Scalar]]
    provides: tuple[str, ...]
    requires: tuple[str, ...]
    brings: tuple[str, ...]
    sockets: tuple[str, ...]
    conflicts: tuple[str, ...]
    levels: tuple[str, ...]
    facts: tuple[str, ...]
    options: Mapping[str, Scalar]
    values: Mapping[str, Scalar | None]
    files: tuple[File, ...]
    slots: Mapping[str, tuple[str, ...]]
    takes: Mapping[str, tuple[str, ...]]
    document: Document

    def applies(self, facts: frozenset[str], level: str) -> bool:
        """Whether the component may be used for a spec with these facts at this core level."""
        return (not self.levels or level in self.levels) and facts.issuperset(self.facts)


def layers(templates: Path) -> tuple[str, ...]:
    """The layer folders below `templates`, without `common`."""
    return tuple(sorted(p.name for p in templates.iterdir() if p.is_dir() and p.name not in NOT_LAYERS))


def load_layers(templates: Path, layers: Iterable[str], level_names: Iterable[str]) -> Outcome[tuple[Component, ...]]:
    """The components of these layers, in the given order."""
    outcomes = [load_layer(templates, layer, level_names) for layer in layers]
    components = tuple(component for outcome in outcomes for component in outcome.value or ())
    return Outcome(components, tuple(error for outcome in outcomes for error in outcome.errors))


def load_layer(templates: Path, layer: str, level_names: Iterable[str]) -> Outcome[tuple[Component, ...]]:
    """The components of a layer, by name: all that have no error, and all errors."""
    found = Diagnostics()
    known_levels = set(level_names)
    components: list[Component] = []
    for folder in component_folders(templates, layer, found):
        component = _component(templates, layer, folder, found)
        if component:
            _check_words(component, known_levels, found)
            components.append(component)
    return Outcome(tuple(components), tuple(found))


def _component(templates: Path, layer: str, folder: Path, found: Diagnostics) -> Component | None:
    outcome = load(folder / MANIFEST, "component")
    document = found.take(outcome)
    if document is None or outcome.errors:
        return None
    data: dict[str, Any] = document.data
    entries = (_file(templates, folder, document, i, found) for i in range(len(data.get("files", ()))))
    return Component(
        name=folder.name,
        layer=layer,
        folder=folder.relative_to(templates).as_posix(),
        summary=data["summary"],
        serves={fact: attributes or {} for fact, attributes in data.get("serves", {}).items()},
        provides=tuple(data.get("provides", ())),
        requires=tuple(data.get("requires", ())),
        brings=tuple(data.get("brings", ())),
        sockets=tuple(data.get("sockets", ())),
        conflicts=tuple(data.get("conflicts", ())),
        levels=tuple(data.get("levels", ())),
        facts=tuple(data.get("facts", ())),
        options=data.get("options", {}),
        values=data.get("values", {}),
        files=tuple(entry for entry in entries if entry),
        slots={slot: tuple(lines) for slot, lines in data.get("slots", {}).items()},
        takes={slot: tuple(kinds) for slot, kinds in data.get("takes", {}).items()},
        document=document,
    )


def _file(templates: Path, folder: Path, document: Document, index: int, found: Diagnostics) -> File | None:
    entry = document.data["files"][index]
    data: dict[str, Any] = entry if isinstance(entry, dict) else {"source": entry}
    at = document.at("files", index)
    source, to = data["source"], data.get("to", data["source"].removesuffix(".j2"))
    good = True
    for key, path in (("source", source), ("to", to)):
        parts = path.split("/")
        place = document.at("files", index, key)
        if key == "to" and _is_hidden(parts) and to != TREE_MANIFEST:
            hint = "git, editors and platgen keep files of their own under such names"
            found.error("path-hidden", place, f"'{path}' would be a hidden file of the tree", hint)
            good = False
        if key == "to" and key not in data:
            continue  # follows from the source
        if path.startswith("/") or ".." in parts or "." in parts or "" in parts:
            hint = "a path goes down only: no '..', no '.', no '/' at either end"
            found.error("path-escapes", place, f"'{path}' is not a path inside the {key_place(key)}", hint)
            good = False
    if to == TREE_MANIFEST:
        found.error("path-taken", at, f"'{to}' is the generator's own file", "give the file another name")
        good = False
    origin = folder / source
    if good:
        good = _check_source(templates, origin, at, found)
    if not good:
        return None
    return File(source, to, data.get("isr", False), data.get("kconfig", ""), origin, at)


def _is_hidden(parts: list[str]) -> bool:
    return any(part.startswith(".") and part not in (".", "..") for part in parts)


def key_place(key: str) -> str:
    """What a file's `source` and `to` are relative to."""
    return "component's folder" if key == "source" else "tree"


def _check_source(templates: Path, origin: Path, at: Location, found: Diagnostics) -> bool:
    if not os.path.lexists(origin):

        def hint() -> str:
            return did_you_mean(origin.name, (path.name for path in origin.parent.glob("*")))

        found.error("no-source", at, f"there is no file '{origin.name}' here", hint)
        return False
    inside = _is_inside(templates, origin.parent)
    if origin.is_symlink():
        inside = os.path.realpath(origin).startswith(os.path.realpath(templates) + "/")
    if not inside:
        found.error("link-escapes", at, f"'{origin.name}' is reached by a link that leaves the templates folder")
        return False
    if not origin.is_file():
        found.error("no-source", at, f"'{origin.name}' is not a regular file")
        return False
    return True


@cache
def _is_inside(templates: Path, folder: Path) -> bool:
    """Whether no link on the way leads out; many files share a folder."""
    if folder == templates:
        return True
    if folder.is_symlink():
        return f"{os.path.realpath(folder)}/".startswith(f"{os.path.realpath(templates)}/")
    return _is_inside(templates, folder.parent)


def _check_words(component: Component, levels: set[str], found: Diagnostics) -> None:
    """Words that name something elsewhere: core levels and keys of the machine section."""
    at = component.document.at
    for i, level in enumerate(component.levels):
        if level not in levels:
            hint = partial(did_you_mean, level, levels)
            found.error("unknown-level", at("levels", i), f"unknown core level '{level}'", hint)
    keys = schema_data("spec")["properties"]["machine"]["properties"]
    named: list[tuple[str, str, int | str]] = [(fact, "facts", i) for i, fact in enumerate(component.facts)]
    for fact, *path in [*named, *((fact, "serves", fact) for fact in component.serves)]:
        key = fact.partition(".")[0]
        if key not in keys:
            message = f"a spec's machine section has no key '{key}'"
            place = component.document.at_key(*path)
            found.error("unknown-fact-key", place, message, partial(did_you_mean, key, keys))
    for fact, attributes in component.serves.items():
        for name, value in attributes.items():
            for word in str(value).split():
                if word in C_WORDS:
                    message = f"'{word}' is a word of C itself, and a template uses it as a name"
                    found.error("bad-name", at("serves", fact, name), message)
    _check_values(component, keys, found)


def _check_values(component: Component, keys: Mapping[str, Any], found: Diagnostics) -> None:
    """The parts of a spec's machine section that the code uses."""
    for key, default in component.values.items():
        kind = {"integer": int, "boolean": bool}.get(keys.get(key, {}).get("type"))
        place = component.document.at_key("values", key)
        if key not in keys:
            message = f"a spec's machine section has no key '{key}'"
            found.error("unknown-value", place, message, partial(did_you_mean, key, keys))
        elif kind is None:
            if default is not None:
                message = f"'{key}' is a list of facts, for which there is no default"
                found.error("value-type", component.document.at("values", key), message, "null: a spec has to give it")
        elif default is not None and type(default) is not kind:
            message = f"the default of '{key}' must be {'a boolean' if kind is bool else 'a whole number'}"
            found.error("value-type", component.document.at("values", key), message, keys[key]["description"])
