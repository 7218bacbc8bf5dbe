# SPDX-License-Identifier: BSD-3-Clause
"""The schema of specs for editors: the hand-written one, and what the manifests of this checkout add.

For each layer, also one of somebody else's, it lists the facts that a component serves and the options that
one declares. `platgen docs` keeps it in `platforms/spec.schema.json`, which each spec there names.
"""

from __future__ import annotations

import copy
import json
from typing import Any

from generator.components import COMMON, Component
from generator.schema import schema_data

NAME = "spec.schema.json"
_TYPES = {bool: "boolean", int: "integer", str: "string"}


def spec_schema(components: tuple[Component, ...]) -> dict[str, Any]:
    """The schema, completed by these components of all layers."""
    schema = copy.deepcopy(schema_data("spec"))
    layers = sorted({c.layer for c in components} - {COMMON})
    schema["properties"]["layer"]["enum"] = layers
    schema["allOf"] = [
        {
            "if": {"properties": {"layer": {"const": layer}}, "required": ["layer"]},
            "then": {"properties": _of_layer(tuple(c for c in components if c.layer in (COMMON, layer)))},
        }
        for layer in layers
    ]
    return schema


def to_bytes(schema: dict[str, Any]) -> bytes:
    """As it stands in the file."""
    note = {"$comment": "Code generated from templates/ by `platgen docs`. DO NOT EDIT."}
    return (json.dumps({**note, **schema}, indent=1) + "\n").encode()


def _of_layer(components: tuple[Component, ...]) -> dict[str, Any]:
    facts: dict[str, dict[str, str]] = {}
    for component in components:
        for fact in component.serves:
            key, _, item = fact.partition(".")
            facts.setdefault(key, {}).setdefault(item, component.summary)
    options = {
        option: {"type": _TYPES[type(value)], "default": value, "description": component.summary}
        for component in components
        for option, value in component.options.items()
    }
    lists = (key for key, rule in schema_data("spec")["properties"]["machine"]["properties"].items() if "$ref" in rule)
    return {
        "machine": {"properties": {key: {"items": _enumeration(facts.get(key, {}))} for key in lists}},
        "options": {"properties": options, "additionalProperties": False},
    }


def _enumeration(items: dict[str, str]) -> dict[str, list[str]]:
    names = sorted(items)
    return {"enum": names, "enumDescriptions": [items[name] for name in names]}
