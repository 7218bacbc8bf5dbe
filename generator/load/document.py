# SPDX-License-Identifier: BSD-3-Clause
"""Reads one YAML file into plain data that knows the place of each value.

YAML is taken as the strict subset that all parsers read alike: one document, no tags, no anchors,
no duplicate keys, and no plain word that YAML 1.1 turns into something else (`no`, `010`, `1:30`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from ..diagnostics import Diagnostics, Location, read_noted
from ..escape import hidden, shown
from .schema import validate

MAX_DEPTH = 32
SCANNED = 1 << 16
"""Characters that the slow scanner looks at, and only after a syntax error."""
OPENING = (
    *(yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken),
    *(yaml.BlockSequenceStartToken, yaml.BlockMappingStartToken),
)
CLOSING = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)
TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"
TEXT = "tag:yaml.org,2002:str"
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is 12 times faster, and optional

_HIDDEN = re.compile(  # of control, line ends that are none everywhere, of direction; a mark of byte order within
    "[^\t\n\r\x20-\x7e\xa0-\u061b\u061d-\u200d\u2010-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd"
    "\U00010000-\U0010ffff]"
)
_YAML_1_2 = re.compile(
    r"true|True|TRUE|false|False|FALSE|null|Null|NULL|~||0|-?[1-9][0-9]{0,17}|0x[0-9a-fA-F]{1,15}|-?[0-9]+\.[0-9]+"
)


class Document:
    """The data of one YAML file and, by path, the places of its keys and values."""

    def __init__(self, path: Path, node: yaml.Node, data: Any) -> None:
        """Keep the node tree; a place is looked up only when an error needs it."""
        self.path = path
        self.data = data
        self.is_whole = True  # whether the schema has nothing against it
        self.misread: set[Location] = set()
        self._node = node
        self._index: dict[int, dict[str, tuple[yaml.Node, yaml.Node]]] = {}  # made for mappings that are looked at

    def at(self, *path: str | int) -> Location:
        """The place of the value at `path`, or of its nearest parent that exists."""
        return _location(self.path, self._walk(path)[1])

    def at_key(self, *path: str | int) -> Location:
        """The place of the key (or list item) at `path`."""
        return _location(self.path, self._walk(path)[0])

    def word(self, *path: str | int) -> str:
        """The scalar at `path` as it is written."""
        return str(self._walk(path)[1].value)

    def keys_at(self, *path: str | int) -> set[str]:
        """The keys of the mapping at `path`."""
        node = self._walk(path)[1]
        keys = (key for key, _ in node.value) if isinstance(node, yaml.MappingNode) else ()
        return {key.value for key in keys if isinstance(key, yaml.ScalarNode)}

    def texts(self) -> Iterator[tuple[str, Location]]:
        """Every word and text of the file, keys too, in its order."""
        waiting = [self._node]
        while waiting:
            node = waiting.pop()
            if isinstance(node, yaml.ScalarNode):
                yield node.value, _location(self.path, node)
            elif isinstance(node, yaml.MappingNode):
                waiting += [child for pair in reversed(node.value) for child in reversed(pair)]
            else:
                waiting += reversed(node.value)

    def _walk(self, path: tuple[str | int, ...]) -> tuple[yaml.Node, yaml.Node]:
        key = node = self._node
        for step in path:
            if isinstance(node, yaml.MappingNode):
                pair = self._pairs(node).get(str(step))
                if pair is None:
                    break
                key, node = pair
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                key = node = node.value[step]
            else:
                break
        return key, node

    def _pairs(self, mapping: yaml.MappingNode) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        """A mapping's keys; of two equal ones the first counts."""
        if id(mapping) not in self._index:
            pairs = reversed(mapping.value)
            self._index[id(mapping)] = {pair[0].value: pair for pair in pairs if isinstance(pair[0].value, str)}
        return self._index[id(mapping)]


def load(path: Path, schema: str, found: Diagnostics, *, parts: bool = False) -> Document | None:
    """Read `path` and check it against `generator/SCHEMA.schema.json`.

    None when the file has errors; all of them are then in `found`. With `parts` a mapping that the schema does
    not admit is given, too: what is right in it can be looked at further.
    """
    raw = read_noted(path, found)
    text = None if raw is None else _text(path, raw, found)
    if text is None or not _guard(path, text, found):
        return None
    node = yaml.compose(text, Loader)
    assert node is not None  # the guard saw a document
    reader = _Reader(path, found)
    document = Document(path, node, reader.data(node))
    errors = reader.errors + validate(document, schema, reader.misread, found)
    document.is_whole, document.misread = not errors, reader.misread
    return document if document.is_whole or (parts and isinstance(document.data, dict)) else None


def _location(path: Path, node: yaml.Node | yaml.Event) -> Location:
    mark = node.start_mark
    return Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)


def _text(path: Path, raw: bytes, found: Diagnostics) -> str | None:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        at = Location(path, before.count(b"\n") + 1, len(before) - (before.rfind(b"\n") + 1) + 1)
        hint = "it looks binary" if b"\0" in raw else "save it as UTF-8"
        found.error("not-utf-8", at, f"byte 0x{raw[error.start]:02x} is not UTF-8", hint)
        return None
    bad = _HIDDEN.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        column = bad.start() - (text.rfind("\n", 0, bad.start()) + 1) + 1
        message = f"{shown(bad[0])} stands here, which nobody sees"
        found.error("hidden-character", Location(path, line, column), message, "this is a text file: write it without")
        return None
    return text


def _guard(path: Path, text: str, found: Diagnostics) -> bool:
    """Look at the parser's events, which needs no stack, before a tree is built from them."""
    depth = documents = errors = 0
    try:
        for event in yaml.parse(text, Loader):
            depth += _step(event)
            documents += isinstance(event, yaml.DocumentStartEvent)
            fault = _fault(event, depth, documents)
            if fault:
                found.error(fault[0], _location(path, event), *fault[1:])
                errors += 1
                if fault[0] in ("too-deep", "two-documents"):
                    break
    except yaml.MarkedYAMLError as error:
        deep = _too_deep(text)
        mark = deep or error.problem_mark or error.context_mark
        at = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)
        if deep or "nesting depth" in (error.problem or ""):
            found.error("too-deep", at, TOO_DEEP)
        else:
            detail = " ".join(filter(None, [error.problem, error.context]))
            found.error("yaml-syntax", at, "YAML cannot be read from here on", detail=detail)
        return False
    if not documents:
        found.error("empty", Location(path, 1, 1), "the file is empty", "docs/writing-a-platform.md shows a first spec")
    return documents == 1 and not errors


def _too_deep(text: str) -> yaml.Mark | None:
    """Where the text is first nested too deep. A parser may meet a limit of its own before it gives an event."""
    depth = 0
    try:
        for token in yaml.scan(text[:SCANNED], yaml.SafeLoader):
            if isinstance(token, OPENING):
                depth += 1
            elif isinstance(token, CLOSING):
                depth -= 1
            if depth > MAX_DEPTH:
                mark: yaml.Mark = token.start_mark
                return mark
    except yaml.YAMLError:
        pass
    return None


def _step(event: yaml.Event) -> int:
    return isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)


def _fault(event: yaml.Event, depth: int, documents: int) -> tuple[str, str, str] | None:
    """Code, message and hint when the event is outside the subset."""
    if isinstance(event, yaml.DocumentStartEvent) and documents == 2:
        return "two-documents", "a second YAML document starts here", "one file, one document"
    if isinstance(event, yaml.AliasEvent):
        return "alias", f"alias '*{event.anchor}' is not allowed", "write the value out"
    if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
        return "anchor", f"anchor '&{event.anchor}' is not allowed", "nothing may refer to it"
    if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        return "tag", f"tag '{tag}' is not allowed", "write plain YAML; quotes make text"
    if isinstance(event, yaml.CollectionStartEvent) and depth > MAX_DEPTH:
        return "too-deep", TOO_DEEP, ""
    return None


class _Reader:
    """Turns nodes into plain data; `misread` are the places of values that could not be taken."""

    def __init__(self, path: Path, found: Diagnostics) -> None:
        self.path = path
        self.found = found
        self.errors = 0
        self.misread: set[Location] = set()

    def error(self, code: str, node: yaml.Node, message: str, hint: str = "") -> None:
        self.errors += 1
        self.found.error(code, _location(self.path, node), message, hint)

    def data(self, node: yaml.Node) -> Any:
        """Plain data of a node; the guard has seen that its depth is small."""
        if isinstance(node, yaml.SequenceNode):
            return [self.data(child) for child in node.value]
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node)
        assert isinstance(node, yaml.ScalarNode)
        if node.tag == TEXT:
            return self.text(node)
        before = self.errors
        value = self.scalar(node)
        if self.errors != before:
            self.misread.add(_location(self.path, node))
        return value

    def text(self, node: yaml.ScalarNode) -> str:
        """A text, which may have no line end and nothing that is not seen, not even as an escape."""
        bad = hidden(node.value)
        if bad:
            message = f"the text holds {shown(bad[0])}"
            self.error("hidden-character", node, message, "a text is one line of what is seen")
            self.misread.add(_location(self.path, node))
        return str(node.value)

    def mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        data: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.error("bad-key", key, "a key must be a word, not a list or mapping")
                continue
            if key.tag == TEXT:
                self.text(key)
            else:
                self.scalar(key)  # a key may be misread like any word
            if key.value in data:
                message = f"key '{key.value}' was given before, in line {lines[key.value]}"
                self.error("duplicate-key", key, message, "keep one of the two")
                continue
            lines[key.value] = key.start_mark.line + 1
            data[key.value] = self.data(value)
        return data

    def scalar(self, node: yaml.ScalarNode) -> Any:
        """A word that is not plain text to YAML 1.1: taken only when YAML 1.2 reads it alike."""
        kind = node.tag.rpartition(":")[2]
        if kind in ("merge", "value"):  # `<<` and `=`: text to us
            return node.value
        if not _YAML_1_2.fullmatch(node.value):
            hint = f'quote it ("{node.value}") if text is meant, else write true, false or a plain number'
            self.error("yaml-reading", node, f"YAML reads {node.value} as {_reading(node, kind)}", hint)
            return node.value
        if kind == "bool":
            return node.value.lower() == "true"
        if kind == "int":
            return int(node.value, 0)
        return float(node.value) if kind == "float" else None


def _reading(node: yaml.ScalarNode, kind: str) -> str:
    """What YAML 1.1 makes of a word, for the message."""
    name = {"bool": "a boolean", "int": "a number", "float": "a number", "timestamp": "a date"}.get(kind, kind)
    try:
        value = yaml.constructor.SafeConstructor().construct_object(node)
    except (ValueError, OverflowError):
        return name
    return f"{name} ({str(value).lower() if kind == 'bool' else value})"
