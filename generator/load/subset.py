# SPDX-License-Identifier: BSD-3-Clause
"""YAML text -> `Document`: the strict subset that all parsers read alike.

One document, no tags, no anchors, no duplicate keys, and no plain word that YAML 1.1 turns into something
else (`no`, `010`, `1:30`). PyYAML parses; data and places are made from its events in one pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from ..diagnostics import Diagnostic, Location, Outcome
from ..escape import hidden, shown
from .document import Document, Node
from .late import yaml

MAX_DEPTH = 32
SCANNED = 1 << 16
"""Characters that the slow scanner looks at, and only after a syntax error."""
OPENING = (
    *(yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken),
    *(yaml.BlockSequenceStartToken, yaml.BlockMappingStartToken),
)
CLOSING = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)
TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is 12 times faster, and optional

_YAML_1_1 = yaml.SafeLoader.yaml_implicit_resolvers  # by the first letter of a plain word: tags and how words look
_YAML_1_2 = re.compile(
    r"true|True|TRUE|false|False|FALSE|null|Null|NULL|~||0|-?[1-9][0-9]{0,17}|0x[0-9a-fA-F]{1,15}|-?[0-9]+\.[0-9]+"
)


def parse(path: Path, text: str) -> Outcome[Document]:
    """The document of a text; `path` is for places. No value where the text has none, or nests too deep.

    A word that cannot be taken stands in the data as it is written, an alias as None.
    """
    reader = _Reader(path)
    root = None
    try:
        root = reader.document(iter(Loader(text).get_event, None))
    except _TooDeepError:
        pass
    except yaml.MarkedYAMLError as error:
        reader.errors.append(_syntax(path, text, error))
    return Outcome(Document(path, root) if root else None, tuple(reader.errors))


_Fault = tuple[str, str, str]
"""Code, message and hint."""
_Meaning = tuple[Any, _Fault | None]
"""What a scalar means, or the text as it is written and why it cannot be taken."""


class _TooDeepError(Exception):
    """Nothing further is read; the error is noted."""


class _Reader:
    """Turns events into nodes; `errors` are the faults of the text so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.errors: list[Diagnostic] = []

    def error(self, code: str, message: str, hint: str, mark: Any) -> None:
        self.errors.append(Diagnostic(code, Location(self.path, mark.line + 1, mark.column + 1), message, hint))

    def document(self, events: Iterator[Any]) -> Node | None:
        """The first document, None when there is none; a second one is an error."""
        root = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root:
                    message = "a second YAML document starts here"
                    self.error("two-documents", message, "one file, one document", event.start_mark)
                    break
                root = self.value(next(events), events.__next__, 1)
        if not root:
            hint = "docs/writing-a-platform.md shows a first spec"
            self.errors.append(Diagnostic("empty", Location(self.path, 1, 1), "the file is empty", hint))
        return root

    def value(self, event: Any, following: Callable[[], Any], depth: int) -> Node:
        """The node that starts with `event`; `depth` is its own, were it a list or a mapping."""
        kind, mark, before = type(event), event.start_mark, len(self.errors)
        if event.anchor is not None or (kind is not yaml.AliasEvent and event.tag is not None):
            self.outside(event)
        if kind is yaml.ScalarEvent:
            word: str = event.value
            data, fault = _plain(word) if event.implicit[0] else _text(word)
            if fault:
                self.error(*fault, mark)
            return Node(mark, data, word, is_misread=len(self.errors) > before)
        if kind is yaml.AliasEvent:
            return Node(mark, None, event.anchor, is_misread=True)
        if depth > MAX_DEPTH:
            self.error("too-deep", TOO_DEEP, "", mark)
            raise _TooDeepError
        is_misread = len(self.errors) > before  # its content is checked separately
        node = (self.mapping if kind is yaml.MappingStartEvent else self.sequence)(mark, following, depth + 1)
        node.is_misread = is_misread
        return node

    def outside(self, event: Any) -> None:
        """Note what is no part of the subset: an alias, an anchor, a tag."""
        mark = event.start_mark
        if type(event) is yaml.AliasEvent:
            self.error("alias", f"alias '*{event.anchor}' is not allowed", "write the value out", mark)
            return
        if event.anchor is not None:
            self.error("anchor", f"anchor '&{event.anchor}' is not allowed", "remove it; aliases are not allowed", mark)
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.error("tag", f"tag '{tag}' is not allowed", "write plain YAML; quotes make text", mark)

    def sequence(self, mark: Any, following: Callable[[], Any], depth: int) -> Node:
        nodes: list[Node] = []
        while type(event := following()) is not yaml.SequenceEndEvent:
            nodes.append(self.value(event, following, depth))
        return Node(mark, [node.data for node in nodes], parts=nodes)

    def mapping(self, mark: Any, following: Callable[[], Any], depth: int) -> Node:
        pairs: dict[str, tuple[Node, Node]] = {}
        while type(event := following()) is not yaml.MappingEndEvent:
            key = self.value(event, following, depth)
            value = self.value(following(), following, depth)
            if type(event) is not yaml.ScalarEvent:
                self.error("bad-key", "a key must be a word, not a list or mapping", "", event.start_mark)
            elif key.word in pairs:
                message = f"key '{key.word}' is already set in line {pairs[key.word][0].mark.line + 1}"
                self.error("duplicate-key", message, "keep one of the two", event.start_mark)
            else:
                pairs[key.word] = key, value
        data = {word: value.data for word, (_, value) in pairs.items()}
        return Node(mark, data, parts=pairs)


@cache  # words repeat
def _plain(word: str) -> _Meaning:
    """A plain word. One that is no text to YAML 1.1 is taken only when YAML 1.2 reads it alike."""
    kinds = _YAML_1_1.get(word[:1])
    tag = next((tag for tag, looks in kinds if looks.match(word)), None) if kinds else None
    if tag is None:
        return _text(word)
    kind = tag.rpartition(":")[2]
    if kind in ("merge", "value"):  # `<<` and `=`: text to us
        return word, None
    if not _YAML_1_2.fullmatch(word):
        hint = f'quote it ("{word}") if you mean text; otherwise write true, false or a plain number'
        return word, ("yaml-reading", f"YAML reads {word} as {_reading(word, tag, kind)}", hint)
    if kind == "bool":
        return word.lower() == "true", None
    if kind == "int":
        return int(word, 0), None
    return float(word) if kind == "float" else None, None


def _text(text: str) -> _Meaning:
    """A text, which may have no line end and nothing that is not seen, not even as an escape."""
    if not text.isprintable() and (bad := hidden(text)):
        hint = "text is one line of visible characters"
        return text, ("hidden-character", f"the text contains {shown(bad[0])}", hint)
    return text, None


def _reading(word: str, tag: str, kind: str) -> str:
    """What YAML 1.1 makes of a word, for the message."""
    name = {"bool": "a boolean", "int": "a number", "float": "a number", "timestamp": "a date"}.get(kind, kind)
    try:
        value = yaml.constructor.SafeConstructor().construct_object(yaml.ScalarNode(tag, word))
    except (ValueError, OverflowError):
        return name
    return f"{name} ({str(value).lower() if kind == 'bool' else value})"


def _syntax(path: Path, text: str, error: yaml.MarkedYAMLError) -> Diagnostic:
    deep = _too_deep(text)
    mark = deep or error.problem_mark or error.context_mark
    at = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)
    if deep or "nesting depth" in (error.problem or ""):
        return Diagnostic("too-deep", at, TOO_DEEP)
    detail = " ".join(filter(None, [error.problem, error.context]))
    return Diagnostic("yaml-syntax", at, "YAML does not parse from here on", detail=detail)


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
