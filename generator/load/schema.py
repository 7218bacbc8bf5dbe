# SPDX-License-Identifier: BSD-3-Clause
"""Checks a document against its JSON Schema, and says what is wrong in this project's words.

One schema file per kind of document is the single source: it validates here, and editors use it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, did_you_mean
from . import quick

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator, ValidationError

    from .document import Document

_NAMES = {str: "text", bool: "a boolean", int: "a number", float: "a fraction", list: "a list", dict: "a mapping"}
_SCHEMA_NAMES = {
    "string": "text",
    "boolean": "a boolean",
    "integer": "a whole number",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}


def validate(document: Document, schema: str) -> tuple[Diagnostic, ...]:
    """Every violation; a word that is misread has its error."""
    if _quick_look(schema)(document.data):
        return ()
    errors = _validator(schema).iter_errors(document.data)
    judged = (error for error in errors if not document.is_misread(*error.instance_path))
    return tuple(fault for error in judged for fault in _faults(document, error, schema))


@cache
def schema_data(name: str) -> dict[str, Any]:
    """The JSON Schema `name` ("spec", "component" or "level") as data."""
    data: dict[str, Any] = json.loads(schema_bytes(name))
    return data


@cache
def schema_bytes(name: str) -> bytes:
    """The same as it stands in its file."""
    return (Path(__file__).parent / f"{name}.schema.json").read_bytes()


@cache
def _validator(name: str) -> Draft202012Validator:
    from jsonschema_rs import Draft202012Validator  # late: `schema` and `--help` do not need it

    return Draft202012Validator(schema_data(name))


@cache
def _quick_look(name: str) -> quick.Check:
    return quick.check_of(schema_data(name))


def _faults(document: Document, error: ValidationError, schema: str) -> Iterator[Diagnostic]:
    """One schema error as located messages in this project's words."""
    path = tuple(error.instance_path)
    kind: Any = error.kind
    instance: Any = error.instance
    at = document.at(*path)
    rule: Any = schema_data(schema)
    for step in list(error.schema_path)[:-1]:
        rule = rule[step]
    about = rule.get("description", "")
    where = f"in '{'.'.join(map(str, path))}'" if path else "at the top level"
    match kind.name:
        case "additionalProperties":
            known = rule["properties"].keys() - instance.keys()
            for key in kind.unexpected:
                place = document.at_key(*path, key)
                yield Diagnostic(
                    "unknown-key", place, f"unknown key '{key}' {where}", partial(did_you_mean, key, known)
                )
        case "required":
            about = rule["properties"][kind.property].get("description", "")
            yield Diagnostic("missing-key", at, f"key '{kind.property}' is missing {where}", about)
        case "type":
            message = _wrong_type(path, instance, kind.types)
            yield Diagnostic("wrong-type", at, message, _type_hint(document, error, about))
        case "pattern":
            yield Diagnostic("bad-name", at, f"'{instance}' is not {rule['title']}", _examples(rule))
        case "propertyNames":
            key = kind.error.instance
            message = f"'{key}' is not {rule.get('title', 'a name of this kind')}"
            yield Diagnostic("bad-name", document.at_key(*path, key), message, _examples(rule))
        case "enum":
            message = f"'{instance}' is not {rule['title']}"
            hint = partial(did_you_mean, str(instance), rule["enum"])
            yield Diagnostic("unknown-word", at, message, hint)
        case "uniqueItems":
            yield Diagnostic("bad-value", at, "the list contains a duplicate", about)
        case "minItems" | "minProperties":
            what = "list" if kind.name == "minItems" else "mapping"
            yield Diagnostic("bad-value", at, f"the {what} is empty", "omit the key instead")
        case "minimum" | "maximum":
            limit = f"{'least' if kind.name == 'minimum' else 'most'} {rule[kind.name]}"
            yield Diagnostic("bad-value", at, f"{instance} is out of range: it must be at {limit}", about)
        case _:
            yield Diagnostic("bad-value", at, "this value does not fit here", about, detail=str(error.message))


def _wrong_type(path: tuple[str | int, ...], value: object, types: list[str]) -> str:
    what = f"'{path[-1]}'" if path and isinstance(path[-1], str) else "this item" if path else "the file"
    got = "nothing" if value is None else _NAMES[type(value)]
    return f"{what} must be {' or '.join(_SCHEMA_NAMES[t] for t in types)}, not {got}"


def _type_hint(document: Document, error: ValidationError, about: str) -> str:
    kind: Any = error.kind
    if "string" in kind.types and isinstance(error.instance, int | float):
        return f'quote it: "{document.word(*error.instance_path)}"'
    return about


def _examples(rule: dict[str, Any]) -> str:
    examples = rule.get("examples", ())
    return f"for example: {', '.join(examples)}" if examples else ""
