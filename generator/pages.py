# SPDX-License-Identifier: BSD-3-Clause
"""What is made from the manifests: the page of all components, and the schema of specs for editors.

The schema is the hand-written one and what the manifests of this checkout add: for each layer, third-party
layers included, the facts that its components serve and the options that they declare. `platgen docs` keeps it
in `platforms/spec.schema.json`, which each spec there names.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterable
from typing import Any

from .diagnostics import Diagnostics, Location, fail, read_file, shown_path
from .load.components import COMMON, Component
from .load.levels import Level
from .load.schema import schema_data
from .pipeline import Pipeline
from .places import HINT

NAME = "spec.schema.json"
_TYPES = {bool: "boolean", int: "integer", str: "string"}


def spec_schema(components: tuple[Component, ...]) -> dict[str, Any]:
    """The schema, completed by these components of all layers."""
    schema = copy.deepcopy(schema_data("spec"))
    properties = schema["properties"]
    properties["layers"]["items"]["enum"] = sorted({c.layer for c in components} - {COMMON})
    facts: dict[str, dict[str, str]] = {}
    for component in components:
        for fact in component.serves:
            key, _, item = fact.partition(".")
            facts.setdefault(key, {}).setdefault(item, component.summary)
    for key, rule in properties["machine"]["properties"].items():
        if "$ref" in rule:
            rule["items"] = _enumeration(facts.get(key, {}))
    properties["options"] |= {
        "properties": {
            option: {"type": _TYPES[type(value)], "default": value, "description": component.summary}
            for component in components
            for option, value in component.options.items()
        },
        "additionalProperties": False,
    }
    schema["allOf"] = [_only_with(layers, facts, options) for layers, (facts, options) in _owned(components).items()]
    return schema


def _owned(components: tuple[Component, ...]) -> dict[tuple[str, ...], tuple[list[str], list[str]]]:
    """Facts and options by the layers that have them, without those that the common layer has."""
    owners: dict[tuple[str, bool], set[str]] = {}
    for component in components:
        for words, is_fact in ((component.serves, True), (component.options, False)):
            for word in words:
                owners.setdefault((word, is_fact), set()).add(component.layer)
    owned: dict[tuple[str, ...], tuple[list[str], list[str]]] = {}
    for (word, is_fact), layers in sorted(owners.items()):
        if COMMON not in layers:
            facts, options = owned.setdefault(tuple(sorted(layers)), ([], []))
            (facts if is_fact else options).append(word)
    return owned


def _only_with(layers: tuple[str, ...], facts: Iterable[str], options: Iterable[str]) -> dict[str, Any]:
    """These words are wrong in a spec that names none of these layers."""
    lists: dict[str, list[str]] = {}
    for fact in facts:
        key, _, item = fact.partition(".")
        lists.setdefault(key, []).append(item)
    return {
        "if": {"properties": {"layers": {"contains": {"enum": list(layers)}}}},
        "else": {
            "properties": {
                "machine": {
                    "properties": {key: {"items": {"not": {"enum": items}}} for key, items in sorted(lists.items())}
                },
                "options": {"properties": dict.fromkeys(options, False)},
            }
        },
    }


def to_bytes(schema: dict[str, Any]) -> bytes:
    """As it stands in the file."""
    note = {"$comment": "Code generated from templates/ by `platgen docs`. DO NOT EDIT."}
    return (json.dumps({**note, **schema}, indent=1) + "\n").encode()


def _enumeration(items: dict[str, str]) -> dict[str, list[str]]:
    names = sorted(items)
    return {"enum": names, "enumDescriptions": [items[name] for name in names]}


def docs(pipeline: Pipeline, *, pretend: bool) -> int:
    """Write what is made from the manifests for readers and editors; with `pretend` only say whether it differs."""
    if pipeline.places.is_installed:
        message = "docs writes into a checkout, and this is the data of an installed platgen"
        fail("no-project", Location(pipeline.places.root), message, HINT)
    found = Diagnostics()
    levels = found.take(pipeline.levels()) or {}
    everything = found.take(pipeline.all_components()) or ()
    found.stop_if_any()
    made = {
        pipeline.places.root / "docs" / "components.md": components_page(levels.values(), everything).encode(),
        pipeline.places.platforms / NAME: to_bytes(spec_schema(everything)),
    }
    stands = {path: found.take(read_file(path)) for path in made if os.path.lexists(path)}
    found.stop_if_any()
    stale = 0
    for path, page in made.items():
        same = stands.get(path) == page
        stale += not same
        if pretend:
            print(f"{shown_path(path)}: {'as generated' if same else 'differs; fix: platgen docs'}")
            continue
        if not same:
            from .tree.files import replace_file

            path.parent.mkdir(exist_ok=True)
            replace_file(path, page)
        print(f"{'unchanged' if same else 'update   '} {shown_path(path)}")
    return 1 if pretend and stale else 0


def schema(pipeline: Pipeline) -> int:
    """Print the schema of specs, with the facts of this checkout."""
    print(to_bytes(spec_schema(pipeline.all_components().or_stop())).decode(), end="")
    return 0


def components_page(levels: Iterable[Level], components: tuple[Component, ...]) -> str:
    """The page that lists core levels, and every component with its duty and conditions."""
    lines = ["<!-- Code generated from templates/ by `platgen docs`. DO NOT EDIT. -->", "# Components", ""]
    lines += ["One folder, one duty. `platgen explain PLAT` shows which components a platform has, and why.", ""]
    lines += [
        "## Core levels",
        "",
        "| level | what it is | releases | duties a tree must fulfil |",
        "| --- | --- | --- | --- |",
    ]
    for level in levels:
        lines.append(
            f"| {level.name} | {level.summary} | {', '.join(level.releases) or '-'} | {', '.join(level.requires)} |"
        )
    columns = ("component", "duty", "provides", "requires", "brings", "applies", "files")
    for folder, members in _by_folder(components).items():
        lines += ["", f"## templates/{folder}", "", f"| {' | '.join(columns)} |", "|" + " --- |" * len(columns)]
        for c in members:
            serves = [f"`{fact}`" for fact in c.serves]
            applies = [*(f"level {v}" for v in c.levels), *(f"`{fact}`" for fact in c.facts)]
            cells = (
                f"[{c.name}](../templates/{c.folder})",
                c.summary.replace("|", "\\|"),
                ", ".join([*c.provides, *serves]) or "-",
                ", ".join(c.requires) or "-",
                ", ".join(c.brings) or "-",
                ", ".join(applies) or "always",
                ", ".join(f"`{f.to}`" for f in c.files) or "-",
            )
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _by_folder(components: tuple[Component, ...]) -> dict[str, list[Component]]:
    """Components by the folder of their group or layer; the common layer first, the groups of a layer by name."""
    folders: dict[str, list[Component]] = {}
    for c in components:
        folders.setdefault(c.folder.rpartition("/")[0], []).append(c)
    return {name: folders[name] for name in sorted(folders, key=lambda name: (not name.startswith(COMMON), name))}
