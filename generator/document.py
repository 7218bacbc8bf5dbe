# SPDX-License-Identifier: BSD-3-Clause
"""Reads one YAML file into plain data that knows the place of each value.

YAML is taken as the strict subset that all parsers read alike: one document, no tags, no anchors,
no duplicate keys, and no plain word that YAML 1.1 turns into something else (`no`, `010`, `1:30`).
"""

from __future__ import annotations

import json
import re
import stat
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from generator.diagnostics import Diagnostics, Location, did_you_mean

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator, ValidationError

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is 12 times faster, and optional

Path_ = tuple[str | int, ...]
_NAMES = {str: "text", bool: "a boolean", int: "a number", float: "a fraction", list: "a list", dict: "a mapping"}
_SCHEMA_NAMES = {
    "string": "text", "boolean": "a boolean", "integer": "a whole number", "array": "a list", "object": "a mapping",
}  # fmt: skip
_YAML_1_2 = re.compile(r"true|True|TRUE|false|False|FALSE|null|Null|NULL|~||0|-?[1-9][0-9]{0,17}|0x[0-9a-fA-F]{1,15}|-?[0-9]+\.[0-9]+")


class Document:
    """The data of one YAML file and, by path, the places of its keys and values."""

    def __init__(self, path: Path, node: yaml.Node, data: Any) -> None:
        """Keep the node tree; a place is looked up only when an error needs it."""
        self.path = path
        self.data = data
        self._node = node

    def at(self, *path: str | int) -> Location:
        """The place of the value at `path`, or of its nearest parent that exists."""
        return _location(self.path, self._walk(path)[1])

    def at_key(self, *path: str | int) -> Location:
        """The place of the key (or list item) at `path`."""
        return _location(self.path, self._walk(path)[0])

    def _walk(self, path: Path_) -> tuple[yaml.Node, yaml.Node]:
        key = node = self._node
        for step in path:
            if isinstance(node, yaml.MappingNode):
                for k, v in node.value:
                    if k.value == step:
                        key, node = k, v
                        break
                else:
                    break
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                key = node = node.value[step]
            else:
                break
        return key, node


def load(path: Path, schema: str, found: Diagnostics) -> Document | None:
    """Read `path` and check it against `generator/SCHEMA.schema.json`.

    None when the file has errors; all of them are then in `found`.
    """
    text = _read(path, found)
    if text is None or not _guard(path, text, found):
        return None
    node = yaml.compose(text, Loader)
    good = [True]
    document = Document(path, node, _data(path, node, found, good))
    for error in _validator(schema).iter_errors(document.data):
        _report(document, error, schema, found)
        good[0] = False
    return document if good[0] else None


def _location(path: Path, node: yaml.Node) -> Location:
    return Location(path, node.start_mark.line + 1, node.start_mark.column + 1)


def _read(path: Path, found: Diagnostics) -> str | None:
    whole = Location(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            found.error("not-a-file", whole, "not a regular file")
            return None
        raw = path.read_bytes()
    except OSError as error:
        found.error("cannot-read", whole, f"cannot read: {error.strerror}")
        return None
    if len(raw) > MAX_BYTES:
        found.error("too-big", whole, f"{len(raw)} bytes; a file of this kind has at most {MAX_BYTES}")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        at = Location(path, before.count(b"\n") + 1, len(before) - (before.rfind(b"\n") + 1) + 1)
        hint = "it looks binary" if b"\0" in raw else "save it as UTF-8"
        found.error("not-utf-8", at, f"byte 0x{raw[error.start]:02x} is not UTF-8", hint)
        return None
    bad = re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        column = bad.start() - (text.rfind("\n", 0, bad.start()) + 1) + 1
        message = f"control character U+{ord(bad[0]):04X}: this is not a text file"
        found.error("binary", Location(path, line, column), message)
        return None
    return text


def _guard(path: Path, text: str, found: Diagnostics) -> bool:
    """Look at the parser's events, which needs no stack, before a tree is built from them."""
    depth = documents = 0
    good = True

    def bad(code: str, event: yaml.Event, message: str, hint: str) -> None:
        nonlocal good
        good = False
        found.error(code, _location(path, event), message, hint)

    try:
        for event in yaml.parse(text, Loader):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    bad("two-documents", event, "a second YAML document starts here", "one file, one document")
                    break
            elif isinstance(event, yaml.AliasEvent):
                bad("alias", event, f"alias '*{event.anchor}' is not allowed", "write the value out")
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            elif isinstance(event, yaml.NodeEvent):
                if getattr(event, "tag", None) is not None:
                    bad("tag", event, f"tag '{event.tag}' is not allowed", "write plain YAML; quotes make text")
                if isinstance(event, yaml.CollectionStartEvent):
                    depth += 1
                    if depth > MAX_DEPTH:
                        bad("too-deep", event, f"nested deeper than {MAX_DEPTH} levels", "")
                        break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)
        found.error("yaml-syntax", at, " ".join(filter(None, [error.problem, error.context])))
        return False
    if good and not documents:
        found.error("empty", Location(path), "the file is empty", "docs/writing-a-platform.md shows a first spec")
        return False
    return good


def _data(path: Path, node: yaml.Node, found: Diagnostics, good: list[bool]) -> Any:
    """Plain data of `node`; its depth is known to be small."""
    if isinstance(node, yaml.SequenceNode):
        return [_data(path, child, found, good) for child in node.value]
    if isinstance(node, yaml.MappingNode):
        data: dict[str, Any] = {}
        seen: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                good[0] = False
                found.error("bad-key", _location(path, key), "a key must be a word, not a list or mapping")
                continue
            if key.tag != "tag:yaml.org,2002:str":
                _scalar(path, key, found, good)
            if key.value in seen:
                good[0] = False
                first = _location(path, seen[key.value])
                message = f"key '{key.value}' was given before, in line {first.line}"
                found.error("duplicate-key", _location(path, key), message, "keep one of the two")
                continue
            seen[key.value] = key
            data[key.value] = _data(path, value, found, good)
        return data
    if node.tag == "tag:yaml.org,2002:str":
        return node.value
    return _scalar(path, node, found, good)


def _scalar(path: Path, node: yaml.ScalarNode, found: Diagnostics, good: list[bool]) -> Any:
    kind = node.tag.rpartition(":")[2]
    if kind in ("merge", "value"):  # `<<` and `=`: text to us
        return node.value
    if not _YAML_1_2.fullmatch(node.value):
        good[0] = False
        reading = {"bool": "a boolean", "int": "a number", "float": "a number", "timestamp": "a date"}.get(kind, kind)
        try:
            value = yaml.constructor.SafeConstructor().construct_object(node)
            reading += f" ({str(value).lower() if kind == 'bool' else value})"
        except (ValueError, OverflowError):
            pass
        hint = f'quote it ("{node.value}") if text is meant, else write true, false or a plain number'
        found.error("yaml-reading", _location(path, node), f"YAML reads {node.value} as {reading}", hint)
        return node.value
    if kind == "bool":
        return node.value.lower() == "true"
    if kind == "int":
        return int(node.value, 0)
    if kind == "float":
        return float(node.value)
    return None


@cache
def schema_data(name: str) -> dict[str, Any]:
    """The JSON Schema `name` ("spec", "component" or "level") as data."""
    data: dict[str, Any] = json.loads((Path(__file__).parent / f"{name}.schema.json").read_bytes())
    return data


@cache
def _validator(name: str) -> Draft202012Validator:
    from jsonschema_rs import Draft202012Validator  # late: `schema` and `--help` do not need it

    return Draft202012Validator(schema_data(name))


def _report(document: Document, error: ValidationError, schema: str, found: Diagnostics) -> None:
    """Turn one schema error into located messages in this project's words."""
    path = tuple(error.instance_path)
    kind: Any = error.kind
    at, value = document.at(*path), error.instance
    rule: Any = schema_data(schema)
    for step in list(error.schema_path)[:-1]:
        rule = rule[step] if not isinstance(step, int) or isinstance(rule, list) else rule
    where = f"in '{'.'.join(map(str, path))}'" if path else "at the top level"
    if kind.name == "additionalProperties":
        for key in kind.unexpected:
            known = set(rule.get("properties", ())) - set(value)
            found.error("unknown-key", document.at_key(*path, key), f"unknown key '{key}' {where}", did_you_mean(key, known))
    elif kind.name == "required":
        doc = rule["properties"][kind.property].get("description", "")
        found.error("missing-key", document.at_key(*path), f"key '{kind.property}' is missing {where}", doc)
    elif kind.name == "type":
        wanted = " or ".join(_SCHEMA_NAMES[t] for t in kind.types)
        got = "nothing" if value is None else _NAMES[type(value)]
        hint = 'quote it: "..."' if "string" in kind.types and isinstance(value, int | float) else rule.get("description", "")
        what = f"'{path[-1]}'" if path and isinstance(path[-1], str) else "this item" if path else "the file"
        found.error("wrong-type", at, f"{what} must be {wanted}, and is {got}", hint)
    elif kind.name == "pattern":
        examples = ", ".join(map(str, rule.get("examples", ())))
        found.error("bad-name", at, f"'{value}' is not {rule['title']}", f"for example: {examples}" if examples else "")
    else:
        found.error("bad-value", at, str(error.message), rule.get("description", "") if isinstance(rule, dict) else "")
