# SPDX-License-Identifier: BSD-3-Clause
"""`component.yaml` -> `Component`.

A component is one duty (docs/design.md section 2). Everything said here is about one manifest or
one layer; how components fit together is the business of `resolve`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..diagnostics import Outcome
from . import words
from .document import Document
from .file import load
from .files import File, load_files
from .folders import MANIFEST, NAME, component_folders
from .readable import Readable
from .spec import Scalar

COMMON = "common"
Item = str | Mapping[str, str | list[str]]
"""One item of a slot as its manifest has it (plan/slots.py)."""


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
    kconfig_outside: tuple[str, ...]
    files: tuple[File, ...]
    slots: Mapping[str, tuple[Item, ...]]
    takes: Mapping[str, Mapping[str, str]]
    document: Document

    def applies(self, facts: frozenset[str], level: str) -> bool:
        """Whether the component may be used for a spec with these facts at this core level."""
        return (not self.levels or level in self.levels) and facts.issuperset(self.facts)

    def fitted(self, facts: frozenset[str]) -> Component:
        """The same without the files that a spec with these facts does not need."""
        files = tuple(file for file in self.files if facts.issuperset(file.facts))
        return self if len(files) == len(self.files) else self._replace(files=files)


def layers(templates: Path) -> tuple[str, ...]:
    """The layer folders below `templates`, without `common`."""
    names = (p.name for p in templates.iterdir() if p.is_dir() and p.name != COMMON)
    return tuple(sorted(name for name in names if NAME.fullmatch(name)))


def load_layer(templates: Path, layer: str, level_names: Collection[str]) -> Outcome[tuple[Component, ...]]:
    """The components of a layer, by name: all that have no error, and every error."""
    folders, errors = component_folders(templates, layer)
    outcomes = [_component(templates, layer, folder, level_names) for folder in folders or ()]
    components = tuple(outcome.value for outcome in outcomes if outcome.value)
    return Outcome(components, (*errors, *(error for outcome in outcomes for error in outcome.errors)))


def _component(templates: Path, layer: str, folder: Path, level_names: Collection[str]) -> Outcome[Component]:
    document, errors = load(folder / MANIFEST, "component")
    if document is None:
        return Outcome(None, errors)
    manifest = Readable(document, errors)
    files, faults = load_files(templates, folder, manifest)
    errors = (*errors, *faults, *words.check(manifest, level_names))
    if errors or files is None:
        return Outcome(None, errors)
    data: dict[str, Any] = document.data
    component = Component(
        name=folder.name,
        layer=layer,
        folder=f"{folder}".removeprefix(f"{templates}/"),
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
        kconfig_outside=tuple(data.get("kconfig-outside", ())),
        files=files,
        slots={slot: tuple(items) for slot, items in data.get("slots", {}).items()},
        takes=data.get("takes", {}),
        document=document,
    )
    return Outcome(component)
