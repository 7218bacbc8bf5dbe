# SPDX-License-Identifier: BSD-3-Clause
"""The data of one YAML file, and the place of each of its words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..diagnostics import Location


class Node:
    """One value as it stands in the file; `mark` is its place, as PyYAML tells it (from 0).

    `word` is a scalar as it is written. A value that could not be taken `is_misread`, which is an error already.
    `parts` holds the nodes of a list, or those of a mapping's keys and values by key.
    """

    __slots__ = ("data", "is_misread", "mark", "parts", "word")

    def __init__(
        self,
        mark: Any,
        data: Any,
        word: str = "",
        parts: list[Node] | dict[str, tuple[Node, Node]] | None = None,
        is_misread: bool = False,
    ) -> None:
        """Make one node."""
        self.mark, self.data, self.word, self.parts, self.is_misread = mark, data, word, parts, is_misread


class Document:
    """Plain data that knows, by path, the places of its keys and values."""

    def __init__(self, path: Path, root: Node) -> None:
        """`path` is the file; `root` holds all of it."""
        self.path = path
        self.data: Any = root.data
        self._root = root

    def at(self, *path: str | int) -> Location:
        """The place of the value at `path`, or of its nearest parent that exists."""
        return self._location(self._walk(path)[1])

    def at_key(self, *path: str | int) -> Location:
        """The place of the key (or list item) at `path`."""
        return self._location(self._walk(path)[0])

    def word(self, *path: str | int) -> str:
        """The scalar at `path` as it is written."""
        return self._walk(path)[1].word

    def is_misread(self, *path: str | int) -> bool:
        """Whether the value at `path` could not be taken."""
        return self._walk(path)[1].is_misread

    def texts(self) -> Iterator[tuple[str, Location]]:
        """Every word and text of the file, keys too, in its order."""
        waiting = [self._root]
        while waiting:
            node = waiting.pop()
            if isinstance(node.parts, dict):
                waiting += [child for pair in reversed(node.parts.values()) for child in reversed(pair)]
            elif isinstance(node.parts, list):
                waiting += reversed(node.parts)
            else:
                yield node.word, self._location(node)

    def _location(self, node: Node) -> Location:
        return Location(self.path, node.mark.line + 1, node.mark.column + 1)

    def _walk(self, path: tuple[str | int, ...]) -> tuple[Node, Node]:
        key = node = self._root
        for step in path:
            if isinstance(node.parts, dict) and str(step) in node.parts:
                key, node = node.parts[str(step)]
            elif isinstance(node.parts, list) and isinstance(step, int):
                key = node = node.parts[step]
            else:
                break
        return key, node
